import { mapRecord } from '../src/map/mapRecord.js';
import { loadMappings } from '../src/map/sssom.js';
import type { Channel, Image, OmeRecord, Roi } from '../src/ome/model.js';
import { irisUnder } from '../src/rdf/iris.js';
import { nquadsWriter } from '../src/rdf/nquads.js';

/** Records to quads, alone and with N-Quads: `node bench/run.js map [images]`. */
const images = Number(process.argv[2] ?? 20_000);
const context = {
  iris: irisUnder('https://omero.example.org'),
  mappings: await loadMappings(['mappings']),
  biaBase: 'http://bia/',
  web: 'https://omero.example.org',
};

const channel = (id: number): Channel => ({
  type: 'Channel',
  ref: `Channel:${id}`,
  name: 'GFP',
  color: 16711935,
  acquisitionMode: 'SpinningDiskConfocal',
  emissionWavelength: { value: 525, unit: 'nm' },
  detectorSettings: { gain: 1.5, detector: 'Detector:1' },
});

const image = (id: number): Image => ({
  type: 'Image',
  ref: `Image:${id}`,
  name: `plate_${id}_A1.ome.tiff`,
  acquisitionDate: '2026-01-02T03:04:05',
  experimenter: 'Experimenter:2',
  instrument: 'Instrument:1',
  objectiveSettings: { refractiveIndex: 1.33, objective: 'Objective:1' },
  pixels: {
    type: 'Pixels',
    ref: `Pixels:${id}`,
    kind: 'uint16',
    dimensionOrder: 'XYZCT',
    sizeX: 2048,
    sizeY: 2048,
    sizeZ: 21,
    sizeC: 2,
    sizeT: 1,
    physicalSizeX: { value: 0.108 + id / 1e9, unit: 'µm' },
    physicalSizeY: { value: 0.108, unit: 'µm' },
    channels: [channel(2 * id), channel(2 * id + 1)],
  },
});

const roi = (id: number): Roi => ({
  type: 'ROI',
  ref: `ROI:${id}`,
  shapes: [
    { type: 'Rectangle', ref: `Rectangle:${id}`, x: id / 3, y: id / 7, width: 10.5, height: 20, theZ: 3, theT: 0 },
  ],
});

function* records(): Generator<OmeRecord> {
  for (let id = 1; id <= images; id++) {
    const containers = ['Project:1'] as const;
    yield {
      kind: 'object',
      object: image(id),
      parents: [`Dataset:${id % 100}`],
      parts: [],
      containers,
      annotations: [
        {
          type: 'MapAnnotation',
          ref: `MapAnnotation:${id}`,
          namespace: 'openmicroscopy.org/omero/client/mapAnnotation',
          value: [
            ['Organism', 'Homo sapiens'],
            ['Imaging method', 'spinning disk confocal microscopy'],
            ['Gene symbol', `GENE${id % 5000}`],
            ['siRNA identifier', `s${id}`],
            ['my own key', `note ${id}`],
          ],
        },
      ],
    };
    yield { kind: 'object', object: roi(id), parents: [`Image:${id}`], parts: [], containers, annotations: [] };
  }
}

function measure(name: string, work: (record: OmeRecord) => number): void {
  for (const record of [...records()].slice(0, 4000)) work(record);
  const all = [...records()];
  const start = performance.now();
  let quads = 0;
  for (const record of all) quads += work(record);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${name}: ${quads} quads, ${seconds.toFixed(2)} s, ${Math.round(quads / seconds / 1000)} k quads/s`);
}

measure('mapRecord', (record) => mapRecord(record, context).quads.length);
const writer = nquadsWriter();
let bytes = 0;
measure('mapRecord + N-Quads', (record) => {
  const { quads } = mapRecord(record, context);
  for (const quad of quads) bytes += writer.triple(quad).length;
  return quads.length;
});
console.log(`${Math.round(bytes / 1e6)} M characters of N-Quads`);
