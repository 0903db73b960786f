import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import oxigraph from 'oxigraph';
import { isEngineTrap } from './engineTrap.js';
import type { GraphFormat, ResultFormat } from './graphStore.js';

/** Where the quads of one named graph come from. */
export type GraphContent = { readonly graph: string } & ({ readonly file: string } | { readonly nquads: string });

/** What the worker is asked; each request gets one reply. */
export type StoreRequest =
  | { readonly type: 'load'; readonly contents: readonly GraphContent[] }
  | { readonly type: 'replace'; readonly content: GraphContent }
  | {
      readonly type: 'query';
      readonly sparql: string;
      readonly format: ResultFormat | GraphFormat;
      /** Undefined means the union of all graphs, or what the query says. */
      readonly dataset?:
        { readonly defaultGraphs: readonly string[]; readonly namedGraphs: readonly string[] } | undefined;
      readonly union: boolean;
    };

export type StoreReply =
  | { readonly ok: true; readonly body: string }
  /** Number of quads after a load or a replacement; counting takes a walk over all of them. */
  | { readonly ok: true; readonly size: number }
  /** `fatal`: the engine is dead and the worker must be thrown away. */
  | { readonly ok: false; readonly fatal: boolean; readonly message: string; readonly where?: string };

const store = new oxigraph.Store();
const port = parentPort;

function answer(request: StoreRequest): StoreReply {
  let where: string | undefined;
  try {
    if (request.type === 'query') {
      const { dataset } = request;
      const body = store.query(request.sparql, {
        results_format: request.format,
        use_default_graph_as_union: request.union,
        ...(dataset && {
          default_graph: dataset.defaultGraphs.map((g) => oxigraph.namedNode(g)),
          named_graphs: dataset.namedGraphs.map((g) => oxigraph.namedNode(g)),
        }),
      });
      return { ok: true, body: String(body) };
    }
    if (request.type === 'load') {
      for (const content of request.contents) {
        where = placeOf(content);
        load(content);
      }
    } else {
      where = placeOf(request.content);
      replace(request.content);
    }
    return { ok: true, size: store.size };
  } catch (error) {
    const fatal = request.type !== 'query' || isEngineTrap(error);
    const message = (error instanceof Error ? error.message : String(error)).replace(THROWN_WITHIN, '$1');
    return { ok: false, fatal, message, ...(where !== undefined && { where }) };
  }
}

/** How the engine shows an error of the iterator it reads from: the message, then a stack. */
const THROWN_WITHIN = /^JsValue\(Error: (.*)\n[^]*$/;

const placeOf = (content: GraphContent): string => ('file' in content ? content.file : content.graph);

/** Loads without a transaction, which needs half the memory: after a failure the whole worker is thrown away. */
function load(content: GraphContent): void {
  store.load('file' in content ? chunks(content.file) : content.nquads, { format: 'nq', no_transaction: true });
}

function replace(content: GraphContent): void {
  const { graph } = content;
  const elsewhere = store.size - quadsIn(graph);
  store.update(`DROP SILENT GRAPH <${graph}>`);
  load(content);
  if (store.size - quadsIn(graph) !== elsewhere) throw new Error(`there are quads outside the graph <${graph}>`);
}

function quadsIn(graph: string): number {
  const answer = store.query(`SELECT (COUNT(*) AS ?n) { GRAPH <${graph}> { ?s ?p ?o } }`, {
    results_format: 'text/csv',
  });
  return Number(String(answer).split('\n')[1]);
}

function* chunks(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(1 << 20);
      const length = readSync(descriptor, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

port?.on('message', (request: StoreRequest) => port.postMessage(answer(request)));
