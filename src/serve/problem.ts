import { isOmegraphError } from '../errors.js';
import { QueryRefusal, type RefusalReason } from '../graph/graphStore.js';

/** A problem as RFC 9457 has it; `detail` is the full sentence with the remedy. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** One word that scripts can rely on. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request that is not answered as asked. */
export class HttpProblem extends Error implements Problem {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.title = TITLES[status] ?? 'Error';
    this.detail = detail;
    this.code = code;
    this.headers = headers;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is wrong',
  403: 'This is not allowed',
  404: 'Not found',
  405: 'The method is not allowed',
  406: 'No such format',
  413: 'The request is too large',
  415: 'The media type of the request is wrong',
  500: 'Something broke',
  501: 'This cannot be done here',
  503: 'Not now',
};

const STATUS: Readonly<Record<RefusalReason, number>> = {
  syntax: 400,
  update: 403,
  service: 403,
  'too-large': 413,
  'too-complex': 400,
  deadline: 503,
  memory: 503,
  busy: 503,
  crash: 500,
  aborted: 503,
  closed: 503,
};

/** The problem behind anything thrown; what is not ours is said without its details, which belong in the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof QueryRefusal) {
    const status = STATUS[error.reason];
    return new HttpProblem(status, error.reason, error.message, status === 503 ? { 'Retry-After': '10' } : {});
  }
  if (isOmegraphError(error)) return new HttpProblem(500, error.tag, error.message);
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (status === 413) return new HttpProblem(413, 'too-large', 'The request body is too large; shorten the query');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new HttpProblem(status, String(type ?? 'request'), 'The request cannot be read; correct it');
  }
  return new HttpProblem(500, 'internal', 'The service has a fault; its log says more');
}

/** The problem as `application/problem+json` (RFC 9457 section 3). */
export function problemJson({ status, title, detail, code }: Problem): string {
  return `${JSON.stringify({ type: 'about:blank', title, status, detail, code }, null, 2)}\n`;
}
