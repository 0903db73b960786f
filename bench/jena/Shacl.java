import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.riot.system.StreamRDFWrapper;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;

/** Reads and validates one N-Quads file so many times in one JVM and prints each round as a line of JSON. */
public class Shacl {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] args) throws Exception {
    Shapes shapes = Shapes.parse(args[0]);
    int rounds = Integer.parseInt(args[2]);
    for (int round = 0; round < rounds; round++) {
      long before = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      Graph graph = GraphFactory.createDefaultGraph();
      RDFParser.source(args[1]).lang(Lang.NQUADS).parse(new StreamRDFWrapper(StreamRDFLib.graph(graph)) {
        @Override
        public void quad(Quad quad) {
          triple(quad.asTriple());
        }
      });
      long read = System.nanoTime();
      ValidationReport report = ShaclValidator.get().validate(shapes, graph);
      long done = System.nanoTime();
      System.out.printf(
          java.util.Locale.ROOT,
          "{\"read\":%.1f,\"validate\":%.1f,\"cpu\":%.1f,\"triples\":%d,\"results\":%d,\"peak\":%d}%n",
          (read - start) / 1e6,
          (done - read) / 1e6,
          (SYSTEM.getProcessCpuTime() - before) / 1e6,
          graph.size(),
          report.getEntries().size(),
          peakKiB());
    }
  }

  /** Largest resident memory of the process. */
  private static long peakKiB() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status")))
      if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", ""));
    return 0;
  }
}
