import type { Interceptor } from './intercept.js';

/** How an OMERO.web is set up. */
export interface OmeroWebOptions {
  /** `omero.web.prefix`: `/omero`. */
  readonly prefix?: string;
  /** Scheme and host in the URLs of answers when they are not those of the request (a proxy's internal host). */
  readonly absoluteUrl?: string;
  /** Behind a TLS proxy: Django checks Origin or Referer. */
  readonly https?: boolean;
  /** OMERO servers to choose from at login; ids count from 1. */
  readonly servers?: readonly { readonly host: string; readonly port: number; readonly server: string }[];
  /** `omero.web.public.*`: the user that GET requests run as, where the path matches the filter. */
  readonly publicUser?: { readonly id: number; readonly urlFilter?: RegExp };
  readonly sessionCookie?: string;
  readonly csrfCookie?: string;
  /** `omero.web.api.limit` (200) and `omero.web.api.max_limit` (500). */
  readonly limit?: number;
  readonly maxLimit?: number;
  /** `omero.web.page_size` (200). */
  readonly pageSize?: number;
  /** `omero.web.time_zone` (Europe/London) and how the version writes dates. */
  readonly timeZone?: string;
  readonly dates?: 'offset' | 'naive' | 'literal-z';
  /** `omero.web.max_table_download_rows` (10000). */
  readonly maxTableRows?: number;
  /** OMERO's binary access policy: `canDownload` of file annotations. */
  readonly canDownload?: boolean;
  /** Identity of the next OMERO session. */
  readonly newSession?: () => { readonly sessionId: number; readonly sessionUuid: string };
  /** Stands between each request and its answer. */
  readonly intercept?: Interceptor;
  readonly port?: number;
}

/** A running stand-in server. */
export interface OmeroWebServer {
  /** Base of the web application, ending in `/`. */
  readonly url: string;
  /** Requests so far: `GET /api/v0/m/projects/?limit=1` with the status that went out (0: none). */
  readonly log: { readonly method: string; readonly path: string; readonly status: number }[];
  /** OMERO sessions open now. */
  readonly openSessions: number;
  /** Most requests under way at one time. */
  readonly peakConcurrency: number;
  /** All OMERO sessions idle out; cookies stay. */
  expireSessions(): void;
  close(): Promise<void>;
}
