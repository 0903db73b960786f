import { DataFactory, type NamedNode, type Quad, type Term } from 'n3';
import { safeIri, safeSegment } from '../rdf/iris.js';
import { serializeText } from '../rdf/serialize.js';
import { PREFIXES, RDF, XSD } from '../rdf/vocabulary.js';
import type { AuditReport } from './auditReport.js';
import { OMG, SH } from './shaclTerms.js';

const { namedNode, literal, quad } = DataFactory;
const SEVERITY = { violation: SH.Violation, warning: SH.Warning, info: SH.Info } as const;
const GENERATED_AT = namedNode(`${PREFIXES.prov}generatedAtTime`);
const CONFORMS_TO = namedNode(`${PREFIXES.dcterms}conformsTo`);
const TITLE = namedNode(`${PREFIXES.dcterms}title`);

/**
 * The report as an `sh:ValidationReport` (SHACL section 3.6) without blank nodes: report and results are IRIs under
 * `{base}/audit/`. `sh:resultPath` is left out where a path would need blank nodes; `omg:field` names the field instead.
 */
export function* auditQuads(report: AuditReport): Generator<Quad> {
  const root = `${report.base.replace(/\/+$/, '')}/audit/${safeSegment(report.auditedAt)}`;
  const at = namedNode(safeIri(root));
  yield quad(at, RDF.type, SH.ValidationReport);
  yield quad(at, SH.conforms, literal(String(report.totals.conforms), XSD.boolean));
  yield quad(at, GENERATED_AT, literal(report.auditedAt, XSD.dateTime));
  yield quad(at, CONFORMS_TO, namedNode(safeIri(report.profile.iri)));
  yield quad(at, TITLE, literal(`${report.profile.label} audit`));
  for (const [index, result] of report.results.entries()) {
    const node = namedNode(safeIri(`${root}/result/${index + 1}`));
    const say = (predicate: NamedNode, object: Term): Quad => quad(node, predicate, object as NamedNode);
    yield quad(at, SH.result, node);
    yield say(RDF.type, SH.ValidationResult);
    yield say(SH.focusNode, namedNode(safeIri(result.focus.node)));
    yield say(SH.resultSeverity, SEVERITY[result.severity]);
    yield say(SH.sourceShape, namedNode(safeIri(result.shape)));
    yield say(SH.sourceConstraintComponent, namedNode(safeIri(result.component)));
    yield say(SH.resultMessage, literal(result.message));
    if (result.value !== undefined) yield say(SH.value, literal(result.value));
    if (result.field !== undefined) yield say(OMG.field, namedNode(safeIri(result.field)));
    yield say(OMG.container, literal(result.container));
  }
}

/** `auditQuads` as Turtle, sorted: the same report gives the same bytes. */
export function auditTurtle(report: AuditReport): Promise<string> {
  return serializeText(auditQuads(report), 'turtle');
}
