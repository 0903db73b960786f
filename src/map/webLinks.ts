import type { NamedNode } from 'n3';
import { safeIri } from '../rdf/iris.js';
import { OMEKG } from './graphTerms.js';
import { isServerId } from './links.js';
import { add, node, type Sink } from './sink.js';

/** Objects with a page in OMERO.web's tree. */
const SHOWN: ReadonlySet<string> = new Set(['Project', 'Dataset', 'Screen', 'Plate', 'Well']);
/** Objects with an answer of the JSON API, as its paths name them. */
const JSON_PATHS: Readonly<Record<string, string>> = {
  Project: 'projects',
  Dataset: 'datasets',
  Image: 'images',
  Screen: 'screens',
  Plate: 'plates',
  Well: 'wells',
  ROI: 'rois',
  Experimenter: 'experimenters',
  ExperimenterGroup: 'experimentergroups',
};

/** Adds links to OMERO.web, in the form of the OMERO-ontop dialect, to objects with server ids. */
export function addWebLinks(sink: Sink, subject: NamedNode, ref: string, web: string): void {
  const [type = '', id = ''] = ref.split(':');
  if (!isServerId(id)) return;
  const link = (predicate: NamedNode, path: string): void => {
    add(sink, subject, predicate, node(safeIri(`${web}/${path}`)));
  };
  if (type === 'Image') {
    link(OMEKG.ome_details, `webclient/img_detail/${id}/`);
    link(OMEKG.download, `webgateway/render_image/${id}/`);
  } else if (SHOWN.has(type)) {
    link(OMEKG.ome_details, `webclient/?show=${type.toLowerCase()}-${id}`);
  }
  const json = JSON_PATHS[type];
  if (json !== undefined) link(OMEKG.json, `api/v0/m/${json}/${id}/`);
}
