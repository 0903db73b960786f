import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

/** A generated file of a record. */
export interface GeneratedContainer {
  readonly triples: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Objects by OME type. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Triples of one image, in the shape that the exporter gives an image of OMERO: 74 with those of its parts. */
export const TRIPLES_PER_IMAGE = 74;

/** Base of the IRIs. */
export const AUDIT_BASE = 'https://omero.example.org';
const BASE = `${AUDIT_BASE}/`;
const CORE = 'https://ld.openmicroscopy.org/core/';
const REMBI = 'https://w3id.org/omegraph/rembi#';
const OBO = 'http://purl.obolibrary.org/obo/';
const DC = 'http://purl.org/dc/';
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const PER_DATASET = 500;
/** Images of projects do not overlap. */
const firstImage = (images: number, project: number): number =>
  1_000_000 + (project - 1) * Math.ceil(images / PER_DATASET) * PER_DATASET;
const SPECIES = [
  ['Homo sapiens', 'NCBITaxon_9606'],
  ['Mus musculus', 'NCBITaxon_10090'],
  ['Danio rerio', 'NCBITaxon_7955'],
  ['Drosophila melanogaster', 'NCBITaxon_7227'],
] as const;

type Subject = readonly [iri: string, facts: readonly (readonly [predicate: string, object: string])[]];

const typed = (text: string | number, datatype: string): string =>
  `"${text}"^^<http://www.w3.org/2001/XMLSchema#${datatype}>`;
const text = (value: string | number): string => `"${value}"`;
const node = (iri: string): string => `<${iri}>`;
const local = (path: string): string => `<${BASE}${path}>`;
const core = (name: string): string => `<${CORE}${name}>`;

/** Whether image `i` has the seeded fault number `fault` of ten: one image in a hundred has one. */
const faulty = (i: number, fault: number): boolean => i % 1000 === fault * 100 + 37;

function image(i: number, project: number): Subject {
  const id = `Image/${i}`;
  const [species, taxon] = SPECIES[i % 40 < 37 ? 0 : (i % 3) + 1] ?? SPECIES[0];
  const facts: [string, string][] = [
    [`${DC}elements/1.1/identifier`, text(i)],
    [`${DC}terms/hasPart`, local(`Pixels/${i}`)],
    [`${DC}terms/isPartOf`, local(`Dataset/${datasetOf(i, project)}`)],
    ['http://rs.tdwg.org/dwc/iri/measurementMethod', node(`${OBO}FBbi_0000025${i % 10 < 8 ? 3 : 1}`)],
    ['http://schema.org/taxonomicRange', node(`${OBO}${taxon}`)],
    [TYPE, core('Image')],
    [`${RDFS}comment`, text(`Cells of well ${i % 96}, stained and fixed, field ${i % 9}`)],
    [`${RDFS}label`, text(`plate_${project}_${i}_s${i % 9}.ome.tiff`)],
    [`${CORE}acquisition_date`, typed(`2026-01-${10 + (i % 19)}T03:${10 + (i % 50)}:05`, 'dateTime')],
    [`${CORE}experimenter`, local(`Experimenter/${i % 7}`)],
    [`${CORE}experimenter_group`, local(`ExperimenterGroup/${i % 3}`)],
    [`${CORE}hasAnnotation`, local(`MapAnnotation/${i}`)],
    [`${CORE}instrument`, local(`Instrument/${i % 20}`)],
    [`${CORE}objective_settings`, local(`${id}/objective_settings`)],
    [`${CORE}series`, typed(0, 'integer')],
    [`${REMBI}imagingMethod`, text('spinning disk confocal microscopy')],
    [`${REMBI}organism`, text(species)],
  ];
  const without = (predicate: string): [string, string][] => facts.filter(([p]) => p !== predicate);
  if (faulty(i, 0)) return [id, without(`${REMBI}organism`)];
  if (faulty(i, 1)) return [id, without(`${RDFS}label`)];
  if (faulty(i, 2)) return [id, [...without(`${CORE}acquisition_date`), [`${CORE}acquisition_date`, text('May 2026')]]];
  if (faulty(i, 3)) return [id, [...without(`${REMBI}organism`), [`${REMBI}organism`, text('TBD')]]];
  return [id, facts];
}

function objectiveSettings(i: number): Subject {
  return [
    `Image/${i}/objective_settings`,
    [
      [TYPE, core('ObjectiveSettings')],
      [`${CORE}medium`, core(`ObjectiveSettingsMedium#${faulty(i, 4) ? 'Syrup' : 'Oil'}`)],
      [`${CORE}objective`, local(`Objective/${i % 4}`)],
      [`${CORE}refractive_index`, typed('1.518e0', 'double')],
    ],
  ];
}

function pixels(i: number): Subject {
  const sizes = { x: 2048, y: 2048, z: 16, c: 2, t: 1 };
  return [
    `Pixels/${i}`,
    [
      [`${DC}terms/hasPart`, local(`Channel/${i}:0`)],
      [`${DC}terms/hasPart`, local(`Channel/${i}:1`)],
      [`${DC}terms/isPartOf`, local(`Image/${i}`)],
      [TYPE, core('Pixels')],
      [`${CORE}dimension_order`, core('DimensionOrder#XYZCT')],
      [`${CORE}physical_size_x`, local('quantity/µm/0.108e0')],
      [`${CORE}physical_size_y`, local('quantity/µm/0.108e0')],
      [`${CORE}physical_size_z`, local('quantity/µm/0.3e0')],
      [`${CORE}pixels_type`, core('PixelType#uint16')],
      ...Object.entries(sizes).map(
        ([axis, size]) => [`${CORE}size_${axis}`, typed(faulty(i, 5) && axis === 'z' ? -16 : size, 'integer')] as const,
      ),
    ],
  ];
}

function channel(i: number, c: number): Subject {
  return [
    `Channel/${i}:${c}`,
    [
      [`${DC}terms/isPartOf`, local(`Pixels/${faulty(i, 6) ? 'none' : i}`)],
      [TYPE, core('Channel')],
      [`${RDFS}label`, text(c === 0 ? 'DAPI' : 'GFP')],
      [`${CORE}color`, typed(c === 0 ? 65535 : 16711935, 'integer')],
      [`${CORE}contrast_method`, core('ContrastMethod#Fluorescence')],
      [`${CORE}emission_wavelength`, local(`quantity/nm/${c === 0 ? 461 : 509}e0`)],
      [`${CORE}samples_per_pixel`, typed(1, 'integer')],
      [`${REMBI}fluorophore`, text(c === 0 ? 'DAPI' : faulty(i, 7) ? '' : 'EGFP')],
    ],
  ];
}

function annotation(i: number): Subject {
  return [
    `MapAnnotation/${i}`,
    [
      [TYPE, core('MapAnnotation')],
      ...[0, 1, 2].map((e) => [`${CORE}mapEntry`, local(`MapAnnotation/${i}/entry/${e}`)] as const),
      [`${CORE}namespace`, text('openmicroscopy.org/omero/client/mapAnnotation')],
    ],
  ];
}

function entry(i: number, e: number): Subject {
  return [
    `MapAnnotation/${i}/entry/${e}`,
    [
      ['http://schema.org/propertyID', node(`${REMBI}${['organism', 'imagingMethod', 'treatment'][e]}`)],
      [TYPE, core('MapEntry')],
      [`${CORE}index`, typed(e, 'integer')],
      [`${CORE}key`, text(['Organism', 'Imaging Method', 'Treatment'][e] ?? '')],
      ...(faulty(i, 8) && e === 2
        ? []
        : [[`${CORE}value`, text(['Homo sapiens', 'confocal', `dose ${i % 977} nM, well ${i}`][e] ?? '')] as const]),
      [`${DC}terms/isPartOf`, local(`MapAnnotation/${i}`)],
    ],
  ];
}

/** Ids have the same number of digits, so that their order is that of UTF-8 bytes. */
const datasetOf = (i: number, project: number): number =>
  100_000_000 + project * 10_000 + (Math.floor(i / PER_DATASET) % 10_000);

function* subjects(images: number, project: number): Generator<Subject> {
  const first = firstImage(images, project);
  const datasets = Math.ceil(images / PER_DATASET);
  for (let i = first; i < first + images; i++) for (const c of [0, 1]) yield channel(i, c);
  for (let d = 0; d < datasets; d++) {
    const from = first + d * PER_DATASET;
    const parts = Array.from({ length: Math.min(PER_DATASET, first + images - from) }, (_, k) =>
      local(`Image/${from + k}`),
    );
    yield [
      `Dataset/${datasetOf(from, project)}`,
      [
        ...parts.map((part) => [`${DC}terms/hasPart`, part] as const),
        [`${DC}terms/isPartOf`, local(`Project/${project}`)],
        [TYPE, core('Dataset')],
        [`${RDFS}label`, text(`Plate ${d}`)],
        [`${CORE}experimenter_group`, local(`ExperimenterGroup/${project % 5}`)],
        [`${REMBI}biosampleIdentity`, text(`HeLa, passage ${d % 30}`)],
        [`${REMBI}preparationMethod`, text('fixed in 4 % PFA, stained with DAPI')],
        ...(d % 2 === 0 ? [[`${REMBI}experimentalStatus`, text('test')] as const] : []),
      ],
    ];
  }
  for (let i = first; i < first + images; i++) {
    yield objectiveSettings(i);
    yield image(i, project);
  }
  for (let i = first; i < first + images; i++) {
    for (const e of [0, 1, 2]) yield entry(i, e);
    yield annotation(i);
  }
  for (let i = first; i < first + images; i++) yield pixels(i);
  yield [
    `Project/${project}`,
    [
      ...Array.from(
        { length: datasets },
        (_, d) => [`${DC}terms/hasPart`, local(`Dataset/${datasetOf(first + d * PER_DATASET, project)}`)] as const,
      ),
      [TYPE, core('Project')],
      [`${RDFS}label`, text(`Screen of compounds ${project}`)],
      [`${RDFS}comment`, text('Cells are treated with compounds and imaged for a day')],
      [`${CORE}experimenter_group`, local(`ExperimenterGroup/${project % 5}`)],
      [`${REMBI}imageType`, text('fluorescence image')],
      [`${REMBI}biologicalEntity`, text('nucleus')],
      [`${REMBI}generalDatasetInformation`, text('two channels a field')],
    ],
  ];
}

/** Writes the sorted N-Quads file of one project with so many images; the same numbers give the same bytes. One image in a hundred has a fault. */
export function generateContainer(path: string, images: number, project = 1): GeneratedContainer {
  const file = openSync(path, 'w');
  const end = ` <${BASE}graph/Project/${project}> .\n`;
  let triples = 0;
  let bytes = 0;
  let part = '';
  const hash = createHash('sha256');
  const flush = (): void => {
    hash.update(part);
    bytes += writeSync(file, part);
    part = '';
  };
  for (const [id, facts] of subjects(images, project)) {
    part += facts
      .map(([predicate, object]) => `<${BASE}${id}> <${predicate}> ${object}${end}`)
      .sort()
      .join('');
    triples += facts.length;
    if (part.length > 1 << 20) flush();
  }
  flush();
  closeSync(file);
  const counts = { Project: 1, Dataset: Math.ceil(images / PER_DATASET), Image: images };
  return { triples, bytes, counts, sha256: hash.digest('hex') };
}
