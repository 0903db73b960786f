import { REMBI_FIELDS, type RembiField } from '../rdf/rembi.js';
import { tidy } from './identifiers.js';
import type { StudyImage } from './imageGroups.js';
import type { Biosample, ImageAcquisition, KeyValueFact, Organism, Specimen } from './studyDescription.js';
import type { ComponentTexts } from './studyFileSchema.js';
import { curie } from './studyGraph.js';

/** A section without its title, and the titles that would suit it, best first. */
export type Draft<Section> = Omit<Section, 'title'> & { readonly titles: readonly string[] };

const VARIABLES = ['intrinsicVariable', 'extrinsicVariable', 'experimentalVariable'] as const;

/** Stands in a section for values that differ from file to file. */
const SEE_LIST = ' (see the file list)';

/** Common names that NCBI's taxonomy gives the organisms most often imaged. */
const COMMON_NAMES: Readonly<Record<string, string>> = {
  '9606': 'human',
  '10090': 'mouse',
  '10116': 'rat',
  '7955': 'zebrafish',
  '7227': 'fruit fly',
  '9031': 'chicken',
  '8355': 'African clawed frog',
  '4932': "baker's yeast",
  '4896': 'fission yeast',
  '3702': 'thale cress',
};

/** The values of an element on an image. */
export function factsOf(image: StudyImage, field: RembiField): KeyValueFact[] {
  return image.facts.filter((fact) => fact.field === field && fact.value.trim() !== '');
}

/** What makes two images come from the same sample: identity, organism and entity. */
export function sampleIdentity(image: StudyImage): string {
  return JSON.stringify(
    (['biosampleIdentity', 'organism', 'biologicalEntity'] as const).map((field) =>
      factsOf(image, field).map((fact) => fact.term?.iri ?? tidy(fact.value)),
    ),
  );
}

/** What makes two images show the same preparation. */
export function specimenIdentity(image: StudyImage): string {
  return JSON.stringify(
    (['preparationMethod', 'locationWithinBiosample', 'signalContrastMechanism'] as const).map((field) =>
      factsOf(image, field).map((fact) => [tidy(fact.key), tidy(fact.value)]),
    ),
  );
}

/** What makes two images be taken the same way: methods and instrument. */
export function acquisitionIdentity(image: StudyImage): string {
  return JSON.stringify([
    factsOf(image, 'imagingMethod').map((fact) => fact.term?.iri ?? tidy(fact.value)),
    factsOf(image, 'instrumentAttributes').map((fact) => [tidy(fact.key), tidy(fact.value)]),
    image.instrument,
  ]);
}

/** The biosample of images of one identity; undefined when neither graph nor study file say anything about it. */
export function biosampleDraft(
  images: readonly StudyImage[],
  texts: ComponentTexts['biosample'],
): Draft<Biosample> | undefined {
  const [image] = images;
  if (image === undefined) return undefined;
  const identity = joined(factsOf(image, 'biosampleIdentity'));
  const entity = texts?.biologicalEntity ?? joined(factsOf(image, 'biologicalEntity'));
  const organisms = texts?.organism === undefined ? organismsOf(image) : [organismOf(texts.organism)];
  const variables = VARIABLES.map((field) => variableTexts(images, field));
  const intrinsicVariables = texts?.intrinsicVariables ?? variables[0] ?? [];
  const extrinsicVariables = texts?.extrinsicVariables ?? variables[1] ?? [];
  const experimentalVariables = texts?.experimentalVariables ?? variables[2] ?? [];
  const all = [...intrinsicVariables, ...extrinsicVariables, ...experimentalVariables];
  const names = organisms.map((o) => o.scientificName).join(' and ');
  const description = texts?.description ?? (identity === entity ? undefined : identity);
  if (organisms.length === 0 && entity === undefined && description === undefined && all.length === 0) return undefined;
  const title = texts?.title ?? identity ?? entity ?? names;
  const terms = image.facts.filter((f) => f.field === 'biologicalEntity' || VARIABLES.some((v) => v === f.field));
  return {
    titles: [title, [title, ...all.filter((text) => !text.endsWith(SEE_LIST))].join(', '), `${title}, ${names}`],
    organisms,
    biologicalEntity: entity,
    description,
    intrinsicVariables,
    extrinsicVariables,
    experimentalVariables,
    terms: terms.flatMap((fact) => fact.term ?? []),
  };
}

/** The specimen of images of one preparation. */
export function specimenDraft(
  images: readonly StudyImage[],
  texts: ComponentTexts['specimen'],
): Draft<Specimen> | undefined {
  const [image] = images;
  if (image === undefined) return undefined;
  const preparations = factsOf(image, 'preparationMethod');
  const growth = preparations.filter((fact) => /growth|culture|cultivation/i.test(fact.key));
  const steps = preparations.filter((fact) => !growth.includes(fact));
  const others = [...factsOf(image, 'locationWithinBiosample'), ...factsOf(image, 'signalContrastMechanism')];
  const samplePreparation = texts?.samplePreparation ?? listed([...steps, ...others], 'preparationMethod');
  const growthProtocol = texts?.growthProtocol ?? listed(growth, 'preparationMethod');
  if (samplePreparation === undefined && growthProtocol === undefined) return undefined;
  const title =
    texts?.title ??
    texts?.samplePreparation ??
    listed(steps, 'preparationMethod') ??
    samplePreparation ??
    growthProtocol ??
    '';
  const same = images.every((other) => JSON.stringify(other.channels) === JSON.stringify(image.channels));
  return {
    titles: [title, ...(growthProtocol ? [`${title}; ${growthProtocol}`] : [])],
    samplePreparation,
    growthProtocol,
    channels: same ? image.channels : [],
  };
}

/** The acquisition of images taken the same way. */
export function acquisitionDraft(
  images: readonly StudyImage[],
  texts: ComponentTexts['imageAcquisition'],
): Draft<ImageAcquisition> | undefined {
  const [image] = images;
  if (image === undefined) return undefined;
  const methods =
    texts?.methods?.map(({ label, fbbi }) => ({
      label,
      fbbi: fbbi && `http://purl.obolibrary.org/obo/${fbbi.replace(':', '_')}`,
    })) ??
    factsOf(image, 'imagingMethod').map((fact) => ({
      label: fact.term?.label ?? tidy(fact.value),
      fbbi: fact.term?.iri,
    }));
  const instrument =
    texts?.instrument ?? listed(factsOf(image, 'instrumentAttributes'), 'instrumentAttributes') ?? image.instrument;
  const parameters = texts?.parameters ?? parameterText(images);
  if (methods.length === 0 && instrument === undefined && parameters === undefined) return undefined;
  const name = methods.map((method) => method.label).join(' and ');
  const title = texts?.title ?? (name || (instrument ?? 'Image acquisition'));
  return { titles: [title], instrument, parameters, methods };
}

/** Stated parameters, then what the OME metadata say; what differs is told by the file list. */
function parameterText(images: readonly StudyImage[]): string | undefined {
  const stated = variableTexts(images, 'imageAcquisitionParameters');
  const names = new Set(images.flatMap((image) => image.acquisition.map((fact) => fact.name)));
  const measured = [...names].map((name) => {
    const values = new Set(images.map((image) => image.acquisition.find((fact) => fact.name === name)?.value ?? ''));
    return values.size === 1 ? `${name}: ${[...values][0]}` : name + SEE_LIST;
  });
  const sentences = [...stated, ...measured].map(ended);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** One text a key: `key: value` when all images agree, else the key with a pointer to the file list. */
function variableTexts(images: readonly StudyImage[], field: RembiField): string[] {
  const keys = new Map<string, string>();
  for (const fact of images.flatMap((image) => factsOf(image, field))) keys.set(normal(fact.key), tidy(fact.key));
  return [...keys].map(([key, written]) => {
    const values = images.map(
      (image) => joined(factsOf(image, field).filter((fact) => normal(fact.key) === key)) ?? '',
    );
    const [value = ''] = values;
    if (new Set(values).size > 1) return written + SEE_LIST;
    return isFieldName(written, field) ? value : `${written}: ${value}`;
  });
}

function organismsOf(image: StudyImage): Organism[] {
  return factsOf(image, 'organism').map((fact) => {
    const [, name = tidy(fact.value), common] = /^([^()]+?)\s*\(([^()]+)\)$/.exec(tidy(fact.value)) ?? [];
    const taxon = taxonNumber(fact.term?.iri);
    const scientificName = fact.term?.label ?? name;
    return {
      scientificName,
      commonName: COMMON_NAMES[taxon ?? ''] ?? common,
      taxonIri: taxon === undefined ? undefined : fact.term?.iri,
    };
  });
}

function organismOf(texts: { scientificName: string; commonName?: string; taxon?: string }): Organism {
  const taxonIri = texts.taxon && `http://purl.obolibrary.org/obo/${texts.taxon.replace(':', '_')}`;
  const commonName = texts.commonName ?? COMMON_NAMES[taxonNumber(taxonIri) ?? ''];
  return { scientificName: texts.scientificName, commonName, taxonIri };
}

/** `9606` for the IRI of NCBITaxon:9606. */
export function taxonNumber(iri: string | undefined): string | undefined {
  return iri === undefined ? undefined : /^NCBITaxon:(\d+)$/.exec(curie(iri))?.[1];
}

/** Whether a key is the element's own name, so that it need not be repeated in a text. */
function isFieldName(key: string, field: RembiField): boolean {
  const label: string = REMBI_FIELDS[field].label;
  return [label, field, `${label}s`, label.replace(/s$/, '')].some((name) => normal(name) === normal(key));
}

/** Facts as one text; the element's own name is left out, that of another element is put in front. */
function listed(facts: readonly KeyValueFact[], field: RembiField): string | undefined {
  const texts = facts.map((fact) => {
    const own = fact.field ?? field;
    if (!isFieldName(fact.key, own)) return `${tidy(fact.key)}: ${tidy(fact.value)}`;
    return own === field ? tidy(fact.value) : `${REMBI_FIELDS[own].label}: ${tidy(fact.value)}`;
  });
  if (texts.length < 2) return texts[0];
  return texts.map(ended).join(' ');
}

/** A text with a full stop, unless it ends a sentence already. */
export function ended(text: string): string {
  return text.replace(/([^.!?…])$/, '$1.');
}

function joined(facts: readonly KeyValueFact[]): string | undefined {
  const values = [...new Set(facts.map((fact) => tidy(fact.value)))];
  return values.length === 0 ? undefined : values.join('; ');
}

function normal(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
