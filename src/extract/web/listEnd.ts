import { finding } from '../../findings.js';
import type { ObjectRef } from '../../ome/model.js';
import { idOf } from './annotationBatches.js';
import type { ListEnd } from './paging.js';
import { parentLinks } from './parentLinks.js';
import type { UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';
import type { Unit } from './units.js';

const LISTS: Readonly<Record<string, string>> = { Dataset: 'datasets', Plate: 'plates' };

/** Says what is missing of a list that was read to its end: of what the server counted in it, and of what it counted before. */
export async function checkEnd(
  context: UnitContext,
  unit: Unit['key'],
  { ids, total, failed, moved }: ListEnd,
  expected: number | undefined,
): Promise<void> {
  const got = ids.size + failed;
  const say = (code: 'list-incomplete' | 'list-moved' | 'children-unlisted', detail: string): void =>
    context.say(finding(code, unit, { detail }));
  if (total !== undefined && got < total) say('list-incomplete', `${got} of ${total}`);
  else if (moved) say('list-moved', `${got} in the end`);
  if (got === 0 && expected !== 0 && (await isGone(context, unit))) context.say(finding('container-gone', unit));
  else if (total !== undefined && expected !== undefined && expected > Math.max(got, total)) {
    // The same child may be linked twice, by two users.
    const links = unit === 'orphans' ? 0 : await linksOf(context, unit, ids);
    if (expected > links + failed) say('children-unlisted', `${got} of ${expected}`);
  }
}

async function linksOf({ session }: UnitContext, unit: ObjectRef, ids: ReadonlySet<string>): Promise<number> {
  const children = [...ids].map((id): ObjectRef => `Image:${id}`);
  try {
    return (await parentLinks(session, children)).counts.get(unit) ?? 0;
  } catch (error) {
    if (error instanceof WebFailure) return 0;
    throw error;
  }
}

/** Whether an object that is listed as empty is there at all: the list of one that is not is empty too. */
async function isGone({ session }: UnitContext, unit: Unit['key']): Promise<boolean> {
  const list = unit === 'orphans' ? undefined : LISTS[unit.slice(0, unit.indexOf(':'))];
  if (unit === 'orphans' || list === undefined) return false;
  try {
    await session.get(`api/v0/m/${list}/${idOf(unit)}/`);
    return false;
  } catch (error) {
    if (error instanceof WebFailure && error.status === 404) return true;
    if (error instanceof WebFailure) return false;
    throw error;
  }
}
