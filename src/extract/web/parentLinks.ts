import type { ObjectRef } from '../../ome/model.js';
import { asArray, asObject, asText } from '../json.js';
import { ahead } from './ahead.js';
import { idOf, URL_LENGTH } from './annotationBatches.js';
import { digitsOf } from './decodeContext.js';
import type { WebSession } from './webSession.js';

const PARENT_LINKS = 'webclient/api/parent_links/';
const PARENT = { image: 'Dataset', dataset: 'Project', plate: 'Screen' } as const;

/** Parents by child, and how many links each parent has: two users may each have linked the same child. */
export interface ParentLinks {
  readonly parents: ReadonlyMap<ObjectRef, readonly ObjectRef[]>;
  readonly counts: ReadonlyMap<ObjectRef, number>;
}

/**
 * The Datasets of images, Projects of datasets or Screens of plates that the session may read, by child: as many ids a request
 * as a request line takes.
 */
export async function parentLinks(
  session: Pick<WebSession, 'get' | 'url'>,
  children: readonly ObjectRef[],
): Promise<ParentLinks> {
  const found = new Map<ObjectRef, ObjectRef[]>();
  const counts = new Map<ObjectRef, number>();
  const room = URL_LENGTH - session.url.length - PARENT_LINKS.length - 20;
  for await (const answer of ahead(lists(children, room), 2, ([name, ids]) =>
    session.get(PARENT_LINKS, [[name, ids.join(',')]]),
  )) {
    for (const link of asArray(asObject(answer)?.data) ?? []) {
      const child = asObject(asObject(link)?.child);
      const parent = asObject(asObject(link)?.parent);
      const [childId, parentId] = [digitsOf(child?.id), digitsOf(parent?.id)];
      const type = asText(child?.type);
      if (childId === undefined || parentId === undefined || !isChild(type)) continue;
      const ref: ObjectRef = `${CHILD[type]}:${childId}`;
      const above: ObjectRef = `${PARENT[type]}:${parentId}`;
      counts.set(above, (counts.get(above) ?? 0) + 1);
      const parents = found.get(ref) ?? [];
      found.set(ref, parents);
      if (!parents.includes(above)) parents.push(above);
    }
  }
  return { parents: found, counts };
}

type Child = keyof typeof PARENT;
const CHILD = { image: 'Image', dataset: 'Dataset', plate: 'Plate' } as const;
const isChild = (type: string | undefined): type is Child => type !== undefined && Object.hasOwn(PARENT, type);

/** Ids of one type, as many as fit; a comma may take three characters. */
function* lists(children: readonly ObjectRef[], room: number): Generator<readonly [Child, readonly string[]]> {
  for (const type of ['image', 'dataset', 'plate'] as const) {
    let ids: string[] = [];
    let length = 0;
    for (const ref of children) {
      if (!ref.startsWith(`${CHILD[type]}:`)) continue;
      const id = idOf(ref);
      if (length + id.length + 3 > room) {
        yield [type, ids];
        ids = [];
        length = 0;
      }
      ids.push(id);
      length += id.length + 3;
    }
    if (ids.length > 0) yield [type, ids];
  }
}
