import type { Dataset, ObjectRef, OmeType, Plate, Project, Screen } from '../../ome/model.js';
import { asNumber, asObject, type JsonObject } from '../json.js';
import type { DecodeContext } from './decodeContext.js';
import { decodeObject } from './decodeObject.js';
import { ownershipOf } from './ownership.js';
import { pages } from './paging.js';
import type { People } from './people.js';
import type { Query, WebSession } from './webSession.js';
import { WebFailure } from './webFailure.js';
import { OmegraphError } from '../../errors.js';

/** A container as it was listed, before the policy and the rest of the map are known. */
export interface MapRow {
  readonly object: Project | Dataset | Screen | Plate;
  readonly group: string | undefined;
  readonly owner: string | undefined;
  readonly children: number | undefined;
}

/** What reading the map needs. */
export interface MapReading {
  readonly session: WebSession;
  readonly decode: DecodeContext;
  readonly people: People;
  readonly signal: AbortSignal | undefined;
}

const COUNTED: Query = [
  ['childCount', 'true'],
  ['normalize', 'true'],
];

/**
 * The rows of a list of containers, by ref. Without the list nothing is known of the server, so it has to come whole.
 * @throws OmegraphError `server` when the server fails at a part of it
 */
export async function listRows(
  { session, decode, people, signal }: MapReading,
  path: string,
  query: Query = [],
): Promise<Map<ObjectRef, MapRow>> {
  const found = new Map<ObjectRef, MapRow>();
  for await (const page of pages(session, path, [...query, ...COUNTED])) {
    signal?.throwIfAborted();
    if ('failed' in page) throw brokenList(session, path, page.failed.why);
    people.learn(page.answer);
    for (const json of page.rows) {
      const row = mapRow(json, decode);
      if (row !== undefined) found.set(row.object.ref, row);
    }
  }
  return found;
}

/** One container by id; undefined when it is not there or may not be read. */
export async function singleRow(
  { session, decode }: MapReading,
  list: string,
  id: string,
): Promise<MapRow | undefined> {
  const json = await singleJson(session, `api/v0/m/${list}/${id}/`, [['childCount', 'true']]);
  return json && mapRow(json, decode);
}

/** One encoded object; undefined when it is not there or may not be read. @throws OmegraphError `server` */
export async function singleJson(
  session: Pick<WebSession, 'get' | 'url'>,
  path: string,
  query: Query = [],
): Promise<JsonObject | undefined> {
  try {
    return asObject(asObject(await session.get(path, query))?.data);
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    if (error.status === 404 || error.status === 403) return undefined;
    throw brokenList(session, path, error.message);
  }
}

const CONTAINERS: ReadonlySet<OmeType> = new Set(['Project', 'Dataset', 'Screen', 'Plate']);

function mapRow(json: JsonObject, decode: DecodeContext): MapRow | undefined {
  const object = decodeObject(json, decode);
  if (object === undefined || !CONTAINERS.has(object.type)) return undefined;
  const { group, owner } = ownershipOf(json);
  return { object: object as MapRow['object'], group, owner, children: asNumber(json['omero:childCount']) };
}

/** What stops a run that cannot read its map. */
export function brokenList(session: Pick<WebSession, 'url'>, path: string, why: string): OmegraphError {
  return new OmegraphError('server', {
    where: session.url + path,
    wrong: 'the server fails at its list of containers, which the whole export rests on',
    found: why,
    remedy: 'try again later; if it stays, show the OMERO administrator this address',
  });
}
