import { judge } from './judge.js';
import type { WebApi } from './webLogin.js';
import type { WebTransport } from './webTransport.js';

const TRIES = 3;

/** Whether any of what a run asks for is open to everybody. To be asked without cookies; what does not answer counts as open. */
export async function isOpenToPublic(transport: WebTransport, api: WebApi): Promise<boolean> {
  const { base } = transport;
  return (
    (await isOpen(transport, new URL('m/experimentergroups/?limit=0', api.root))) ||
    (await isOpen(transport, new URL('webclient/api/annotations/?image=0', base))) ||
    (await isOpen(transport, new URL('webgateway/original_file_paths/0/', base)))
  );
}

async function isOpen(transport: WebTransport, url: URL): Promise<boolean> {
  const { base, clock } = transport;
  for (let left = TRIES; left > 0; left -= 1) {
    const answer = await transport.tryOnce({ url, phase: 'opening' });
    if (!('headers' in answer)) continue;
    const verdict = judge(answer, { url, base, now: clock.now() });
    if (verdict.is !== 'trouble') return verdict.is !== 'loggedOut';
  }
  return true;
}

/** The user's id in the start page of the webclient, as its scripts need it (`base_container.html`). */
const USER = /WEBCLIENT\.USER\s*=\s*\{\s*["']?id["']?\s*:\s*(\d+)|function currentUserId\(\)\s*\{\s*return\s+(\d+)/;

/** Id of the user that the server takes the session for: `nobody`, or undefined when the server does not tell. */
export async function sessionUser(transport: WebTransport): Promise<number | 'nobody' | undefined> {
  const { base, clock } = transport;
  const url = new URL('webclient/', base);
  const answer = await transport.tryOnce({ url, phase: 'running' });
  if (!('headers' in answer)) return undefined;
  const found = USER.exec(answer.text);
  const id = found?.[1] ?? found?.[2];
  if (id !== undefined) return Number(id);
  return judge(answer, { url, base, now: clock.now() }).is === 'loggedOut' ? 'nobody' : undefined;
}
