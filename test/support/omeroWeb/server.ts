import type { OmeroWebOptions, OmeroWebServer } from './serverOptions.js';
import type { Store } from './store.js';

export type { OmeroWebOptions, OmeroWebServer } from './serverOptions.js';
export type { WebAnswer, WebIntercept, WebRequest } from './webAnswer.js';

/** Starts a stand-in OMERO.web on a free port of the loopback interface. */
export async function startOmeroWeb(_store: Store, _options: OmeroWebOptions = {}): Promise<OmeroWebServer> {
  throw new Error('not there yet');
}
