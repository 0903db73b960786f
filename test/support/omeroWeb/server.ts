import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorPage } from './answers.js';
import { makeApplication } from './application.js';
import type { HeardRequest, Reply } from './intercept.js';
import { send } from './send.js';
import type { OmeroWebOptions, OmeroWebServer } from './serverOptions.js';
import { makeSessions } from './sessions.js';
import type { Store } from './store.js';

export type { OmeroWebOptions, OmeroWebServer } from './serverOptions.js';

/** Starts a stand-in OMERO.web on a free port of the loopback interface. */
export async function startOmeroWeb(store: Store, options: OmeroWebOptions = {}): Promise<OmeroWebServer> {
  const prefix = options.prefix ?? '';
  const sessions = makeSessions(store, options);
  const application = makeApplication(store, options, sessions);
  const controls = { store, expireSessions: sessions.expireAll };
  const log: OmeroWebServer['log'] = [];
  let [underWay, peak] = [0, 0];

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = message.url ?? '/';
    const entry = { method: message.method ?? 'GET', path: target.slice(prefix.length), status: 0 };
    log.push(entry);
    const number = log.length;
    const body = await bodyOf(message);
    const [path = '/', search = ''] = splitOnce(entry.path, '?');
    const query = new URLSearchParams(search);
    const request: HeardRequest = { number, method: entry.method, path, query, headers: message.headers };
    const answer = async (): Promise<Reply> => {
      try {
        return application(request, target, body);
      } catch (error) {
        console.error(`stand-in OMERO.web failed at ${entry.path}:`, error);
        return errorPage();
      }
    };
    const reply = await (options.intercept === undefined ? answer() : options.intercept(request, answer, controls));
    if (!response.destroyed) entry.status = send(reply, response);
  }

  const server = createServer((message, response) => {
    underWay += 1;
    peak = Math.max(peak, underWay);
    response.once('close', () => (underWay -= 1));
    handle(message, response).catch((error: unknown) => {
      console.error('stand-in OMERO.web: interceptor failed:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}/`,
    log,
    get openSessions() {
      return sessions.count;
    },
    get peakConcurrency() {
      return peak;
    },
    expireSessions: sessions.expireAll,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
