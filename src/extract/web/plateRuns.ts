import { finding } from '../../findings.js';
import type { ObjectRef, PlateAcquisition } from '../../ome/model.js';
import { asArray, asObject, asText, type Json } from '../json.js';
import { idOf } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import { decodeObject } from './decodeObject.js';
import { ownershipOf } from './ownership.js';
import { pages } from './paging.js';
import type { UnitContext } from './unitContext.js';
import { WebFailure } from './webFailure.js';

/** The runs of a plate, `light` when only their ids and names are known. */
export interface PlateRuns {
  readonly runs: readonly PlateAcquisition[];
  readonly light: boolean;
}

/**
 * The visible runs of a plate. OMERO.web fails at the whole list when one run has no field (500 "list index out of range");
 * then the webclient names them, and what else is known of a run comes with the fields of the wells.
 */
export async function runsOf(context: UnitContext, plate: ObjectRef, group: string | undefined): Promise<PlateRuns> {
  const { session, map, decode } = context;
  try {
    const runs: PlateAcquisition[] = [];
    const path = `api/v0/m/plates/${idOf(plate)}/plateacquisitions/`;
    for await (const page of pages(session, path, [['normalize', 'true']], { halve: false })) {
      if ('failed' in page) continue;
      map.people.learn(page.answer);
      for (const row of page.rows) {
        const own = ownershipOf(row);
        if (!map.visibility.isVisible(own.group, own.owner)) continue;
        const run = decodeObject(row, decode);
        if (run?.type === 'PlateAcquisition') runs.push(run);
      }
    }
    return { runs, light: false };
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
  }
  try {
    const answer = await session.get(LIGHT, [
      ['id', idOf(plate)],
      ['page', 0],
    ]);
    return { runs: lightRuns(context, answer, group), light: true };
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    context.say(finding('web-list-unreadable', plate, { detail: error.message }));
    return { runs: [], light: true };
  }
}

const LIGHT = 'webclient/api/plate_acquisitions/';

/** Runs as the webclient lists them. */
function lightRuns({ map }: UnitContext, answer: Json, group: string | undefined): readonly PlateAcquisition[] {
  const runs: PlateAcquisition[] = [];
  // Each version of the webclient has its own name for the list.
  const rows = Object.values(asObject(answer) ?? {}).find((list) => Array.isArray(list));
  for (const json of asArray(rows) ?? []) {
    const row = asObject(json);
    const id = digitsOf(row?.id);
    if (row === undefined || id === undefined || !map.visibility.isVisible(group, digitsOf(row.ownerId))) continue;
    const name = asText(row.name);
    runs.push({
      type: 'PlateAcquisition',
      ref: `PlateAcquisition:${id}`,
      ...(name !== undefined && !isMadeUp(name, id) && { name }),
    });
  }
  return runs;
}

/** What the webclient calls a run without a name: `Run 421`, or when it was. */
const isMadeUp = (name: string, id: string): boolean =>
  name === `Run ${id}` || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? - \d{4}-/.test(name);
