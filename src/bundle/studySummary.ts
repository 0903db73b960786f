import type { Author, OntologyTerm, Organism, Organization, StudyDescription } from './studyDescription.js';

/** What catalogues want to know about a whole study. */
export interface StudySummary {
  /** Those with a taxon; a name without one (often a cell line in the wrong place) only where there is no other. */
  readonly organisms: readonly Organism[];
  readonly methods: readonly OntologyTerm[];
  /** Terms of entities and variables. */
  readonly subjects: readonly OntologyTerm[];
  readonly instruments: readonly string[];
  readonly images: number;
  /** Files that hold images; those of annotations are counted apart. */
  readonly files: number;
  readonly annotationFiles: number;
  /** Bytes of the image files; undefined when a size is not known. */
  readonly bytes?: number | undefined;
  readonly formats: readonly string[];
}

/** Sums a study up over its components. */
export function studySummary(study: StudyDescription): StudySummary {
  const files = study.studyComponents.flatMap((component) => component.files);
  const annotationFiles = study.annotations.flatMap((annotation) => annotation.files);
  const sizes = files.map((file) => file.sizeBytes);
  const methods = study.imageAcquisitions.flatMap((acquisition) => acquisition.methods);
  const organisms = byKey(
    study.biosamples.flatMap((sample) => sample.organisms),
    (o) => o.taxonIri ?? o.scientificName,
  );
  const grounded = organisms.filter((organism) => organism.taxonIri !== undefined);
  return {
    organisms: grounded.length > 0 ? grounded : organisms,
    methods: byKey(
      methods.flatMap(({ label, fbbi }) => (fbbi === undefined ? [] : [{ iri: fbbi, label }])),
      (m) => m.iri,
    ),
    subjects: byKey(
      study.biosamples.flatMap((sample) => sample.terms),
      (term) => term.iri,
    ),
    instruments: [...new Set(study.imageAcquisitions.flatMap((acquisition) => acquisition.instrument ?? []))],
    images: new Set(files.flatMap((file) => file.images.map((image) => image.ref))).size,
    files: files.length,
    annotationFiles: annotationFiles.length,
    bytes:
      sizes.length > 0 && sizes.every((size) => size !== undefined)
        ? sizes.reduce((sum, size) => sum + size, 0)
        : undefined,
    formats: [...new Set([...files, ...annotationFiles].map((file) => mediaType(file.path)))].sort(),
  };
}

/** The media type of a file by its name. */
export function mediaType(path: string): string {
  const extension = /\.([0-9A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const known: Readonly<Record<string, string>> = {
    tif: 'image/tiff',
    tiff: 'image/tiff',
    btf: 'image/tiff',
    tf8: 'image/tiff',
    tf2: 'image/tiff',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    ome: 'application/xml',
    xml: 'application/xml',
    zarr: 'application/vnd+zarr',
    h5: 'application/x-hdf5',
    csv: 'text/csv',
    md: 'text/markdown',
    json: 'application/json',
    jsonld: 'application/ld+json',
    html: 'text/html',
    txt: 'text/plain',
    cff: 'text/yaml',
    nt: 'application/n-triples',
    zip: 'application/zip',
  };
  return known[extension] ?? 'application/octet-stream';
}

/** A name in its parts: "Vincent van Gogh" and "van Gogh, Vincent" have the family name "van Gogh". */
export function nameParts(name: string): { readonly given: string; readonly family: string } {
  const [before = '', after] = name.split(',').map((part) => part.trim());
  if (after !== undefined && after !== '') return { given: after, family: before };
  const words = name.trim().split(/\s+/);
  let start = words.length - 1;
  while (start > 1 && /^\p{Ll}/u.test(words[start - 1] ?? '')) start--;
  return { given: words.slice(0, start).join(' '), family: words.slice(start).join(' ') };
}

/** The organizations of an author, in the author's order. */
export function affiliationsOf(study: StudyDescription, author: Author): Organization[] {
  return author.affiliations.flatMap((id) => study.organizations.find((organization) => organization.id === id) ?? []);
}

/** The address of the study's source, when others can reach it. */
export function publicSource(study: StudyDescription): string | undefined {
  const iri = study.containerIri;
  return iri !== undefined && /^https?:\/\/(?!localhost\b|127\.|\[|[^/]*\.local(?:[:/]|$))/.test(iri) ? iri : undefined;
}

function byKey<T>(list: readonly T[], key: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of list) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many images in how many files, and how many files of annotations. */
export function contentText(summary: StudySummary): string {
  const images = `${counted(summary.images, 'image')} in ${counted(summary.files, 'file')}`;
  return summary.annotationFiles === 0
    ? images
    : `${images}, ${counted(summary.annotationFiles, 'file')} of annotations`;
}
