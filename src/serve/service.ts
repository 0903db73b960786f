import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { StoredAudit } from '../audit/model.js';
import { OmegraphError } from '../errors.js';
import type { GraphStore } from '../graph/graphStore.js';
import type { Manifest } from '../graph/manifest.js';
import { loadQueries } from '../graph/queries.js';
import { assetRoutes } from './assets.js';
import { auditRoutes } from './auditRoutes.js';
import { entityRoutes } from './entityRoutes.js';
import { html } from './html.js';
import { linksFor } from './links.js';
import { HTML_OFFER, negotiate } from './negotiate.js';
import { page } from './page.js';
import type { ReviewDesk } from './reviewDesk.js';
import { isLoopback, reviewRoutes } from './reviewRoutes.js';
import { HttpProblem, problemJson, problemOf } from './problem.js';
import { sendAs } from './requests.js';
import type { ServeContext } from './serveContext.js';
import { sparqlRoutes } from './sparqlRoutes.js';
import { startRoutes } from './startRoutes.js';

export interface ServiceOptions {
  readonly store: GraphStore;
  readonly record: {
    readonly manifest: Manifest;
    /** Asked before each request: takes over what an export has replaced. */
    refresh?(): Promise<void>;
  };
  /** Audits the record; run once when first needed, and again when the store has changed. */
  readonly audit?: (() => Promise<StoredAudit>) | undefined;
  /** A table of suggested mappings under review; only this machine may write to it. */
  readonly review?: ReviewDesk | undefined;
  /** Address to listen on. */
  readonly host: string;
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  readonly deadlineMs: number;
  /** Address under which the service is seen from outside, when it stands behind a proxy. */
  readonly publicBase?: string | undefined;
  /** Faults of the service itself, for a log. */
  onFault?(error: unknown): void;
}

export interface Service {
  /** Address of the start page, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** No script, style or form but our own; no page of ours in a frame (CSP Level 3). */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A form of a query of 64 KiB in which every byte is percent-encoded. */
const BODY_LIMIT = 200 * 1024;

/** Starts the HTTP service: SPARQL, pages, audit. The store stays the caller's. @throws OmegraphError when it cannot listen */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { store, record, host, port, deadlineMs } = options;
  if (options.review !== undefined && !isLoopback(host)) {
    throw new OmegraphError('input', {
      where: '--review',
      wrong: 'the review page writes a file, so it is served to this machine only',
      found: host,
      remedy: 'leave --host out, or write --host 127.0.0.1',
    });
  }
  const app = express();
  const server = createServer(app);
  server.listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    throw listenError(host, port, cause);
  });
  const url = addressOf(host, (server.address() as AddressInfo).port);
  const publicBase = (options.publicBase ?? url).replace(/\/+$/, '');
  const context: ServeContext = {
    store,
    get manifest() {
      return record.manifest;
    },
    links: linksFor(record.manifest.base.replace(/\/+$/, ''), publicBase, options.review !== undefined),
    publicBase,
    deadlineMs,
    queries: await loadQueries(),
    audit: options.audit && onceAVersion(store, options.audit),
  };

  app.disable('x-powered-by');
  app.disable('etag');
  app.use(headers);
  app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  assetRoutes(app);
  app.use(async (_request: Request, _response: Response, next: NextFunction) => {
    await record.refresh?.();
    next();
  });
  if (options.review !== undefined) reviewRoutes(app, context.links, options.review);
  sparqlRoutes(app, context);
  auditRoutes(app, context);
  startRoutes(app, context);
  entityRoutes(app, context);
  app.use((request: Request) => {
    throw new HttpProblem(405, 'method', `${request.method} is not possible here; use GET`, {
      Allow: 'GET, HEAD, OPTIONS',
    });
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const problem = problemOf(error);
    if (problem.status === 500) options.onFault?.(error);
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    response.removeHeader('ETag');
    response.status(problem.status).set(problem.headers).set('Cache-Control', 'no-store').vary('Accept');
    const readable =
      request.method === 'GET' && negotiate(request.headers.accept, [PROBLEM_OFFER, HTML_OFFER])?.type === 'text/html';
    if (!readable) {
      sendAs(response, 'application/problem+json', problemJson(problem));
      return;
    }
    const body = html`<h1>${problem.title}</h1><p class="notice">${problem.detail}</p>`;
    sendAs(response, 'text/html', page(context.links, { title: problem.title, body }));
  });

  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** Whether a service could listen at an address. @throws OmegraphError (server) when not, with the reason */
export async function tryAddress(host: string, port: number): Promise<void> {
  const probe = createServer().listen(port, host);
  await once(probe, 'listening').catch((cause: unknown) => {
    throw listenError(host, port, cause);
  });
  probe.close();
  await once(probe, 'close');
}

/** Why a service cannot listen at an address, and what to do. */
function listenError(host: string, port: number, cause: unknown): OmegraphError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const taken = code === 'EADDRINUSE';
  return new OmegraphError(
    'server',
    {
      where: `${host}:${port}`,
      wrong: taken ? 'the port is taken by another program' : 'the service cannot listen here',
      found: taken ? undefined : message,
      remedy: taken ? 'choose another with --port, or stop that program' : 'choose another host or port',
    },
    { cause },
  );
}

const PROBLEM_OFFER = { type: 'application/problem+json', also: ['application/json'], name: 'problem' };

function headers(request: Request, response: Response, next: NextFunction): void {
  response.set({
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Link, Retry-After',
  });
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  const methods = /^\/sparql\/?$/.test(request.path) ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS';
  response
    .status(204)
    .set({
      Allow: methods,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': 'Accept, Content-Type, If-None-Match',
      'Access-Control-Max-Age': '86400',
    })
    .end();
}

function addressOf(host: string, port: number): string {
  const name =
    host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Runs an audit once for each version of the store; a failed one is run again. */
function onceAVersion(store: GraphStore, audit: () => Promise<StoredAudit>): () => Promise<StoredAudit> {
  let last: { version: string; audit: Promise<StoredAudit> } | undefined;
  return () => {
    const version = store.version();
    if (last?.version !== version) {
      const made = audit();
      last = { version, audit: made };
      made.catch(() => {
        last = undefined;
      });
    }
    return last.audit;
  };
}
