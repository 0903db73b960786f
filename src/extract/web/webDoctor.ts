import { isOmegraphError, OmegraphError } from '../../errors.js';
import { asArray, asNumber, asObject, asText, type JsonObject } from '../json.js';
import { groupLevel } from '../visibility.js';
import { webBase } from './webBase.js';
import { realClock, type WebClock } from './webClock.js';
import { WebFailure } from './webFailure.js';
import { chooseServer, findApi, listServers } from './webLogin.js';
import { openWebSession, type WebSession, type WebSessionOptions } from './webSession.js';
import { webTransport } from './webTransport.js';

/** One thing that was looked at. */
export interface WebCheck {
  readonly name: string;
  readonly ok: boolean;
  /** What was seen, or what is wrong and what to do. */
  readonly said: string;
}

/** What to look at. */
export interface WebDoctorOptions extends WebSessionOptions {
  /** IANA zone that acquisition dates are taken in; default UTC. */
  readonly timeZone?: string | undefined;
}

const CLOCK_SECONDS = 300;
const SHOWN_GROUPS = 12;

/**
 * Looks at an OMERO.web from its address to what the account sees, in the order in which things can be wrong; ends at
 * the first that keeps the rest from being looked at.
 * @throws the signal's reason.
 */
export async function* checkOmeroWeb(
  options: WebDoctorOptions,
  clock: WebClock = realClock,
): AsyncGenerator<WebCheck, void, void> {
  // The name of the check under way, for what is thrown on the way.
  const at = { step: 'address' };
  let session: WebSession | undefined;
  try {
    yield* checkServer(options, clock, at);
    at.step = 'login';
    session = await openWebSession({ ...options, onWait: undefined }, clock);
    yield done('login', whoIs(session));
    yield* checkAccount(session, options.timeZone ?? 'UTC', at);
  } catch (error) {
    if (!isOmegraphError(error) && !(error instanceof WebFailure)) throw error;
    yield { name: at.step, ok: false, said: error.message };
  } finally {
    await session?.close();
  }
}

/** Where the doctor is. */
interface Step {
  step: string;
}

const done = (name: string, said: string): WebCheck => ({ name, ok: true, said });

async function* checkServer(
  options: WebDoctorOptions,
  clock: WebClock,
  at: Step,
): AsyncGenerator<WebCheck, void, void> {
  const { url: base, said } = webBase(options.url);
  const isOpen = base.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(base.hostname);
  yield done(
    'address',
    [
      said ?? base.href,
      ...(isOpen ? ['plain http: the password can be read on the way; use https if you can'] : []),
    ].join('; '),
  );
  at.step = 'OMERO.web';
  const transport = await webTransport({ ...options, base, clock });
  try {
    const api = await findApi(transport);
    const page = await transport.tryOnce({ url: new URL('webclient/login/', base), phase: 'opening' });
    const version = 'headers' in page ? /\?_(\d+\.\d+[\w.-]*)/.exec(page.text)?.[1] : undefined;
    yield done(
      'OMERO.web',
      `${version === undefined ? 'version not told' : `version ${version}`}, JSON API ${api.version ?? 'of unknown version'}`,
    );
    yield checkClock(api.date, clock.now());
    at.step = 'servers';
    const servers = await listServers(transport, api, 'opening');
    const server = chooseServer(servers, options.server, base.href);
    yield done('servers', `${server.name ?? server.host} of ${servers.length}`);
  } finally {
    transport.stop.release();
  }
}

function checkClock(date: string | undefined, now: number): WebCheck {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return done('clock', 'the server does not tell its time');
  const seconds = Math.round((now - theirs) / 1000);
  if (Math.abs(seconds) <= CLOCK_SECONDS) return done('clock', `agrees within ${Math.max(1, Math.abs(seconds))} s`);
  const said = `this computer is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server; set the clock that is wrong`;
  return { name: 'clock', ok: false, said };
}

function whoIs({ user }: WebSession): string {
  if (user === undefined) return 'nobody: what the server shows to the public';
  const admin = user.isAdmin
    ? '; an administrator sees private groups too, which are only published when you name them; better use an account that is a member of just the groups to publish'
    : '';
  return `${user.name} (Experimenter:${user.id})${admin}`;
}

async function* checkAccount(session: WebSession, timeZone: string, at: Step): AsyncGenerator<WebCheck, void, void> {
  at.step = 'groups';
  const groups = (await list(session, 'api/v0/m/experimentergroups/', 500)).items;
  const mine = session.user?.isAdmin === false ? new Set(session.user.memberOfGroups.map(String)) : undefined;
  const shown = groups.filter((g) => mine === undefined || mine.has(String(g['@id'])));
  const names = shown.map((g) => `${asText(g.Name) ?? String(g['@id'])} (${levelOf(g)})`);
  const more = names.length > SHOWN_GROUPS ? ` and ${names.length - SHOWN_GROUPS} more` : '';
  yield done('groups', names.length === 0 ? 'none is told' : names.slice(0, SHOWN_GROUPS).join(', ') + more);

  at.step = 'objects';
  const counts: string[] = [];
  let total = 0;
  for (const kind of ['projects', 'datasets', 'screens']) {
    const count = (await list(session, `api/v0/m/${kind}/`, 0)).total;
    total += count;
    counts.push(`${count} ${count === 1 ? kind.slice(0, -1) : kind}`);
  }
  const empty = 'nothing; ask the owner of the data, or the administrator, to make the account a member of its group';
  yield { name: 'objects', ok: total > 0, said: total > 0 ? counts.join(', ') : empty };

  at.step = 'annotations';
  await session.get('webclient/api/annotations/', [['image', 0]]);
  yield done('annotations', 'can be asked for');
  at.step = 'time zone';
  yield done('time zone', await zoneOf(session, timeZone));
}

const levelOf = (group: JsonObject): string => {
  const perm = asText(asObject(asObject(group['omero:details'])?.permissions)?.perm);
  return perm === undefined ? 'level not told' : groupLevel(perm);
};

async function list(
  session: WebSession,
  path: string,
  limit: number,
): Promise<{ items: readonly JsonObject[]; total: number }> {
  const answer = asObject(await session.get(path, [['limit', limit]]));
  const total = asNumber(asObject(answer?.meta)?.totalCount);
  const items = asArray(answer?.data);
  if (items === undefined || total === undefined)
    throw new OmegraphError('server', {
      where: session.url + path,
      wrong: 'the answer is not a list as OMERO.web gives it',
      remedy: 'check that the address is that of OMERO.web; if it is, tell us',
    });
  return { items: items.map(asObject).filter((item) => item !== undefined), total };
}

/** What the dates of an image tell of the zone of OMERO.web; the zone of the OMERO server itself is not told over HTTP. */
async function zoneOf(session: WebSession, timeZone: string): Promise<string> {
  const taken = `acquisition dates are taken in ${timeZone}`;
  const advice =
    'ask the administrator for the time zone of the OMERO server and set omero.timeZone to it if it is another';
  const answer = await session.get('api/v0/m/datasets/', [
    ['limit', 20],
    ['childCount', 'true'],
  ]);
  const filled = (asArray(asObject(answer)?.data) ?? [])
    .map(asObject)
    .find((dataset) => (asNumber(dataset?.['omero:childCount']) ?? 0) > 0);
  const id = filled?.['@id'];
  if (typeof id !== 'number' && typeof id !== 'string') return `${taken}; there is no image to compare with; ${advice}`;
  const images = await session.get('webclient/api/images/', [
    ['id', id],
    ['date', 'true'],
    ['page', 1],
    ['limit', 1],
  ]);
  const date = asText(asObject(asArray(asObject(images)?.images)?.[0])?.date);
  const written = date === undefined ? undefined : /(Z|[+-]\d\d:?\d\d)$/.exec(date)?.[1];
  if (date === undefined || written === undefined) return `${taken}; OMERO.web writes dates without zone; ${advice}`;
  const offset = offsetOf(timeZone, Date.parse(date));
  const theirs = written === 'Z' ? '+00:00' : written;
  return offset === theirs
    ? `${taken}, and OMERO.web writes its dates so (${date})`
    : `${taken} (${offset ?? 'which is no zone'} then), but OMERO.web writes its dates with ${written} (${date}); ${advice}`;
}

/** What a zone is ahead of UTC at a moment, as `+01:00`; nothing for a zone that is none. */
function offsetOf(timeZone: string, moment: number): string | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value;
    return name === undefined ? undefined : name.slice('GMT'.length) || '+00:00';
  } catch {
    return undefined;
  }
}
