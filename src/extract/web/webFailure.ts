import { sentence } from '../../errors.js';

/** What is told about a request that failed although others work. */
interface FailureParts {
  readonly status: number;
  readonly path: string;
  readonly wrong: string;
  readonly found?: string | undefined;
}

/**
 * One request that the server refuses or fails at although others work, so that asking for less may find the object
 * that is to blame.
 */
export class WebFailure extends Error {
  override readonly name = 'WebFailure';
  /** The answer's status; 504 where no answer came in time, 502 where it was cut, too large or not JSON. */
  readonly status: number;
  /** Path below the base, with its query. */
  readonly path: string;

  constructor({ status, path, wrong, found }: FailureParts) {
    super(
      sentence({
        where: path,
        wrong,
        found,
        remedy:
          status === 404 || status === 403
            ? 'check that the object is still there and that the account may read it'
            : 'try again later; if it stays, tell the OMERO administrator',
      }),
    );
    this.status = status;
    this.path = path;
  }
}
