import { brokenObject, duplicateRows, type FailingIn, silentCut, unknownAnnotationClass } from './brokenObjects.js';
import * as faults from './faults.js';
import { all, type When } from './faults.js';
import type { Interceptor } from './intercept.js';

/** Which requests: all conditions together, in this order; none means every request. */
export interface WhenSpec {
  /** Regular expression over path and query. */
  readonly path?: string;
  /** The first n attempts at each URL. */
  readonly attempts?: number;
  readonly share?: number;
  readonly seed?: number;
  readonly nth?: number;
  readonly every?: number;
  readonly after?: number;
  readonly first?: number;
}

/** A fault as JSON, for the command line (`--fault '{"fault":"refused","status":503,"every":20}'`). */
export type FaultSpec =
  | { readonly fault: 'latency'; readonly ms: number | readonly [number, number]; readonly seed?: number }
  | ({ readonly fault: 'slow'; readonly ms: number } & WhenSpec)
  | ({
      readonly fault: 'silent' | 'reset' | 'htmlPage' | 'loginPage' | 'wrongType' | 'expiry' | 'serverError';
    } & WhenSpec)
  | ({ readonly fault: 'duplicateRows' | 'unknownAnnotationClass' } & WhenSpec)
  | ({
      readonly fault: 'refused';
      readonly status: 502 | 503 | 504 | 429;
      readonly retryAfter?: { readonly seconds: number; readonly as?: 'seconds' | 'date' };
    } & WhenSpec)
  | ({ readonly fault: 'truncated'; readonly declared: 'whole' | 'cut'; readonly part?: number } & WhenSpec)
  | ({ readonly fault: 'elsewhere'; readonly origin?: string } & WhenSpec)
  | { readonly fault: 'broken'; readonly ref: `${string}:${string}`; readonly in?: readonly FailingIn[] }
  | { readonly fault: 'silentCut'; readonly limit: number; readonly evenIfAsked?: boolean };

/** The fault that a spec describes. */
export function faultOf(spec: FaultSpec): Interceptor {
  switch (spec.fault) {
    case 'latency':
      return faults.latency(spec.ms, spec.seed);
    case 'slow':
      return faults.slow(whenOf(spec), spec.ms);
    case 'silent':
    case 'reset':
    case 'htmlPage':
    case 'loginPage':
    case 'wrongType':
    case 'expiry':
    case 'serverError':
      return faults[spec.fault](whenOf(spec));
    case 'duplicateRows':
      return duplicateRows(whenOf(spec));
    case 'unknownAnnotationClass':
      return unknownAnnotationClass(whenOf(spec));
    case 'refused':
      return faults.refused(whenOf(spec), spec.status, spec.retryAfter);
    case 'truncated':
      return faults.truncated(whenOf(spec), spec.declared, spec.part);
    case 'elsewhere':
      return faults.elsewhere(whenOf(spec), spec.origin);
    case 'broken':
      return brokenObject(spec.ref, spec.in);
    case 'silentCut':
      return silentCut(spec.limit, spec.evenIfAsked);
  }
}

function whenOf(spec: WhenSpec): When {
  return all(
    ...(spec.path === undefined ? [] : [faults.onPath(new RegExp(spec.path))]),
    ...(spec.attempts === undefined ? [] : [faults.attempts(spec.attempts)]),
    ...(spec.share === undefined ? [] : [faults.share(spec.share, spec.seed)]),
    ...(spec.nth === undefined ? [] : [faults.nth(spec.nth)]),
    ...(spec.every === undefined ? [] : [faults.every(spec.every)]),
    ...(spec.after === undefined ? [] : [faults.after(spec.after)]),
    ...(spec.first === undefined ? [] : [faults.first(spec.first)]),
  );
}
