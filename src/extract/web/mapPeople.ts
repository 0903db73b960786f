import { finding } from '../../findings.js';
import { asObject, asText, type JsonObject } from '../json.js';
import type { ServerPerson } from '../visibility.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import { brokenList, type MapReading } from './mapRows.js';
import { pages } from './paging.js';
import type { MapGroup } from './serverMap.js';

/** The groups that the account sees, with their permissions. @throws OmegraphError `server`: without them nothing is known to be public */
export async function listGroups({ session, people }: MapReading): Promise<readonly MapGroup[]> {
  const groups: MapGroup[] = [];
  const path = 'api/v0/m/experimentergroups/';
  for await (const page of pages(session, path)) {
    if ('failed' in page) throw brokenList(session, path, page.failed.why);
    people.learnGroups(page.rows);
    for (const row of page.rows) {
      const id = digitsOf(row['@id']);
      if (id !== undefined) groups.push({ id, name: asText(row.Name) ?? '', perm: permOf(row) ?? '' });
    }
  }
  return groups;
}

const permOf = (row: JsonObject): string | undefined =>
  asText(asObject(asObject(row['omero:details'])?.permissions)?.perm);

/** The people that the account sees. Those that cannot be listed are not known to a rule for owners, which then hides them. */
export async function listPeople({ session, people, decode }: MapReading): Promise<readonly ServerPerson[]> {
  const path = 'api/v0/m/experimenters/';
  for await (const page of pages(session, path)) {
    if ('failed' in page) decode.onFinding(finding('web-list-unreadable', path, { detail: page.failed.why }));
    else people.learnPersons(page.rows);
  }
  return [...people.persons()].map(({ ref, userName, firstName, lastName }) => ({
    id: idOf(ref),
    userName,
    firstName,
    lastName,
  }));
}
