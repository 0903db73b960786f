import { apiBase, apiVersions, objectList, singleObject } from './jsonApi.js';
import type { View } from './view.js';
import { annotations } from './webclientAnnotations.js';
import { containers, datasets, experimenter, groups, images, plateAcquisitions, plates } from './webclientTree.js';
import { parentLinks, pathsToObject } from './webclientPaths.js';
import { startPage } from './webclientPage.js';
import { tags } from './webclientTags.js';
import { bulkAnnotations, originalFilePaths, tableMetadata, tableQuery } from './webgateway.js';

/** Who may come in: everybody, users of the JSON API (403 otherwise), users of the pages (302 otherwise). */
export type Access = 'free' | 'api' | 'web';
export interface Route {
  readonly pattern: RegExp;
  readonly access: Access;
  readonly view: View;
}

const M = '^/api/v0/m';
const route = (access: Access, pattern: string, view: View): Route => ({ pattern: new RegExp(pattern), access, view });
/** Lists below an object: parent's list, id, list. */
const below = (parent: string, ...lists: string[]): Route =>
  route('api', `${M}/(${parent})/([0-9]+)/(${lists.join('|')})/$`, objectList);
const LISTS = 'projects|datasets|images|screens|plates|wells|rois|shapes|experimenters|experimentergroups';

/** URLs of OMERO.web that an exporter may use; login, token, servers, ping and logout are the server's own. */
export const ROUTES: readonly Route[] = [
  route('free', '^/api/$', apiVersions),
  route('free', '^/api/v0/$', apiBase),
  route('api', `${M}/()()(${LISTS})/$`, objectList),
  route('api', `${M}/(${LISTS}|plateacquisitions)/([0-9]+)/$`, singleObject),
  below('projects', 'datasets'),
  below('datasets', 'images', 'projects'),
  below('images', 'datasets', 'rois'),
  below('screens', 'plates'),
  below('plates', 'screens', 'wells', 'plateacquisitions'),
  below('plateacquisitions', 'wells'),
  below('wells', 'plates'),
  below('experimenters', 'experimentergroups'),
  below('experimentergroups', 'experimenters'),
  route('api', `${M}/(plates|plateacquisitions)/([0-9]+)/wellsampleindex/([0-9]+)/(wells)/$`, (context) => {
    const [list = '', id = '', index = '', wells = ''] = context.parts;
    return objectList({ ...context, parts: [list, id, wells, index] });
  }),
  route('web', '^/webclient/$', startPage),
  route('web', '^/webclient/api/annotations/$', annotations),
  route('web', '^/webclient/api/images/$', images),
  route('web', '^/webclient/api/datasets/$', datasets),
  route('web', '^/webclient/api/plates/$', plates),
  route('web', '^/webclient/api/plate_acquisitions/$', plateAcquisitions),
  route('web', '^/webclient/api/containers/$', containers),
  route('web', '^/webclient/api/groups/$', groups),
  route('web', '^/webclient/api/experimenters/(-?[0-9]+)/$', experimenter),
  route('web', '^/webclient/api/tags/$', tags),
  route('web', '^/webclient/api/parent_links/$', parentLinks),
  route('web', '^/webclient/api/paths_to_object/$', pathsToObject),
  route('web', '^/webgateway/original_file_paths/([0-9]+)/$', originalFilePaths),
  route('web', '^/webgateway/annotations/([\\w.]+)/([0-9]+)/$', bulkAnnotations),
  route('web', '^/webgateway/table/([0-9]+)/metadata/$', tableMetadata),
  route('web', '^/webgateway/table/([0-9]+)/query/$', tableQuery),
];

/** Paths of the server's own views. */
export const OWN_PATHS: readonly string[] = [
  '/api/v0/token/',
  '/api/v0/servers/',
  '/api/v0/login/',
  '/webclient/login/',
  '/webclient/logout/',
  '/webclient/keepalive_ping/',
];

/** The route of a path with what its pattern matched. */
export function routeOf(path: string): { readonly route: Route; readonly parts: readonly string[] } | undefined {
  for (const route of ROUTES) {
    const match = route.pattern.exec(path);
    if (match !== null) return { route, parts: match.slice(1) };
  }
  return undefined;
}
