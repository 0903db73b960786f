import type { Quad } from 'n3';
import { type MapContext, mapRecord } from '../../src/map/mapRecord.js';
import { loadMappings } from '../../src/map/sssom.js';
import type { OmeRecord } from '../../src/ome/model.js';
import { irisUnder } from '../../src/rdf/iris.js';
import { nquadsLine } from '../../src/rdf/nquads.js';

/** The shipped tables under an example base, without OMERO.web. */
export const context: MapContext = {
  iris: irisUnder('https://omero.example.org'),
  mappings: await loadMappings(['mappings']),
  biaBase: 'http://bia/',
};

/** The lines of quads as a set, in order. */
export function sortedLines(quads: readonly Quad[]): string[] {
  return [...new Set(quads.map((quad) => nquadsLine(quad).trimEnd()))].sort();
}

/** What records say, as sorted lines. */
export function linesOf(records: readonly OmeRecord[], under: MapContext = context): string[] {
  return sortedLines(records.flatMap((record) => mapRecord(record, under).quads));
}
