import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { OmegraphError } from '../errors.js';
import { safeIri } from '../rdf/iris.js';
import { engineMessage } from './engineMessage.js';
import {
  GRAPH_FORMATS,
  type GraphStore,
  type QueryAnswer,
  type QueryOptions,
  QueryRefusal,
  RESULT_FORMATS,
} from './graphStore.js';
import type { Manifest } from './manifest.js';
import { checkQuery, type QueryForm } from './sparqlGate.js';
import { createStorePool } from './storePool.js';
import type { GraphContent } from './storeWorker.js';

/** What of a record the store needs. */
export interface StoreSource {
  /** Data folder. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export interface StoreOptions {
  /** Records with more quads are refused before loading; default 8 000 000 (the engine traps at 14 million, at 4 GiB). */
  readonly maxQuads?: number | undefined;
  /** Copies of the index, each in a worker; default 1. More are made only where memory allows. */
  readonly workers?: number | undefined;
  /** Queries that may wait for a worker; default 32. */
  readonly maxWaiting?: number | undefined;
  /** Bytes that one query may add to the memory of the process; default 2 GiB. */
  readonly maxQueryBytes?: number | undefined;
}

/** Measured: 0.5 KB a quad while loading. */
const BYTES_A_QUAD = 600;
const DEFAULTS = { maxQuads: 8_000_000, maxWaiting: 32, maxQueryBytes: 2 * 1024 ** 3 } as const;

/**
 * Opens the embedded store (Oxigraph in worker threads) over a record.
 * @throws OmegraphError (limit) when the record is too large for it, (input) when a file of it cannot be read.
 */
export async function openStore(source: StoreSource, options: StoreOptions = {}): Promise<GraphStore> {
  const maxQuads = options.maxQuads ?? DEFAULTS.maxQuads;
  const files = recordFiles(source.manifest);
  const quads = files.reduce((sum, f) => sum + f.quads, 0);
  if (quads > maxQuads) throw tooLarge(source.folder, quads, maxQuads);

  let contents: readonly GraphContent[] = files.map((f) => ({ graph: f.graph, file: join(source.folder, f.file) }));
  let version = digest(...files.flatMap((f) => [f.graph, f.sha256]));
  const affordable = Math.max(1, Math.floor((freemem() * 0.6) / (quads * BYTES_A_QUAD + 1)));
  const pool = await createStorePool({
    workers: Math.min(options.workers ?? 1, affordable),
    maxWaiting: options.maxWaiting ?? DEFAULTS.maxWaiting,
    maxQueryBytes: options.maxQueryBytes ?? DEFAULTS.maxQueryBytes,
    contents: () => contents,
  });

  return {
    version: () => version,
    size: async () => pool.size(),
    close: () => pool.close(),
    async query(sparql, queryOptions): Promise<QueryAnswer> {
      const form = checkQuery(sparql);
      const { format, deadlineMs, signal } = queryOptions;
      const kind = kindOf(form, format);
      const dataset = protocolDataset(queryOptions);
      const request = { type: 'query', sparql, format, dataset, union: !dataset && !form.hasDataset } as const;
      const reply = await pool.run(request, { deadlineMs, signal });
      if (!reply.ok) throw syntaxRefusal(reply.message);
      return { kind, mediaType: format, body: 'body' in reply ? reply.body : '' };
    },
    async replace(graph, content): Promise<void> {
      if (safeIri(graph) !== graph) throw replaceError(graph, 'this is no IRI', graph);
      const added: GraphContent = { graph, ...content };
      const check = (reply: { readonly size: number }): void => {
        if (reply.size > maxQuads) throw tooLarge(graph, reply.size, maxQuads);
      };
      const commit = async (): Promise<void> => {
        const sha = 'file' in content ? await fileDigest(content.file) : digest(content.nquads);
        contents = [...contents.filter((c) => c.graph !== graph), added];
        version = digest(version, graph, sha);
      };
      await pool.replace(added, check, commit);
    },
  };
}

/** Every file of a record, in the order of the manifest. */
function recordFiles(manifest: Manifest): readonly { file: string; graph: string; quads: number; sha256: string }[] {
  return [...manifest.containers, manifest.provenance, manifest.description].filter((f) => f !== undefined);
}

function kindOf({ form }: QueryForm, format: QueryOptions['format']): QueryAnswer['kind'] {
  const kind = form === 'select' ? 'bindings' : form === 'ask' ? 'boolean' : 'graph';
  const formats: readonly string[] = kind === 'graph' ? GRAPH_FORMATS : RESULT_FORMATS;
  if (!formats.includes(format)) throw new TypeError(`${format} is no format for ${form.toUpperCase()}`);
  return kind;
}

/** Graphs named by the protocol make the whole dataset: what is not named is empty (SPARQL 1.1 Protocol section 2.1.4). */
function protocolDataset({ defaultGraphs = [], namedGraphs = [] }: QueryOptions) {
  if (defaultGraphs.length === 0 && namedGraphs.length === 0) return undefined;
  for (const graph of [...defaultGraphs, ...namedGraphs]) {
    if (safeIri(graph) !== graph || !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(graph)) {
      throw new QueryRefusal('syntax', {
        wrong: 'a graph is not named by an absolute IRI',
        found: graph,
        remedy: 'write an absolute IRI',
      });
    }
  }
  return { defaultGraphs, namedGraphs };
}

/** A query that the engine could not read. */
function syntaxRefusal(message: string): QueryRefusal {
  const { wrong, remedy } = engineMessage(message);
  return new QueryRefusal('syntax', { wrong, remedy });
}

const tooLarge = (where: string, quads: number, maxQuads: number): OmegraphError =>
  new OmegraphError('limit', {
    where,
    wrong: `${quads} quads are more than the ${maxQuads} that the embedded store takes`,
    remedy:
      'serve fewer containers, raise serve.maxQuads (to 10 million at most), or load the N-Quads files into a SPARQL server of your own',
  });

const replaceError = (where: string, wrong: string, found?: string): OmegraphError =>
  new OmegraphError('input', {
    where,
    wrong,
    found,
    remedy: 'export the container again; the graph was left as it was',
  });

const digest = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex');

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
