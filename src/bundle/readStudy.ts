import type { NamedNode, Store } from 'n3';
import type { Gap } from './gaps.js';
import { tidy, withoutEmails } from './identifiers.js';
import { type ImageGroup, imageGroups } from './imageGroups.js';
import { studySections } from './studyComponents.js';
import type { DataFile, KeyValueFact, StudyAnnotation, StudyDescription } from './studyDescription.js';
import type { StudyFile } from './studyFileSchema.js';
import { studyGaps } from './studyGaps.js';
import { refOf, type StudyGraph, studyGraph } from './studyGraph.js';

/**
 * Reads what any archive wants to know from one container's graph (its triples in the default graph, docs/graph.md) and
 * the study file, and lists what is missing. What both say, the study file decides; people and e-mail addresses come
 * from the study file only. `container` is `Project:52`, `Screen:3` or `orphans`.
 */
export function readStudy(
  store: Store,
  container: string,
  studyFile: StudyFile = {},
): { study: StudyDescription; gaps: Gap[] } {
  const graph = studyGraph(store);
  const home = containerNode(graph, container);
  const name = home && graph.label(home);
  const groups = imageGroups(graph, name);
  const facts = home === undefined ? [] : graph.ownFacts(home);
  const study: StudyDescription = {
    container,
    containerIri: home?.value,
    title: studyFile.title ?? (home && (graph.text(home, 'schema:name') ?? name)),
    description: studyFile.description ?? statedDescription(graph, home, facts),
    keywords: studyFile.keywords ?? keywordsOf(graph, home, facts),
    license: studyFile.license,
    releaseDate: studyFile.releaseDate,
    authors: (studyFile.authors ?? []).map((author) => ({ ...author, affiliations: author.affiliations ?? [] })),
    organizations: studyFile.organizations ?? [],
    funding: { statement: studyFile.funding?.statement, grants: studyFile.funding?.grants ?? [] },
    publications: studyFile.publications ?? [],
    links: studyFile.links ?? [],
    acknowledgements: studyFile.acknowledgements,
    ...studySections(groups, studyFile),
    annotations: (studyFile.annotations ?? []).map(annotationOf),
    acquired: acquiredBetween(groups),
  };
  return { study, gaps: studyGaps(study, groups, studyFile) };
}

function containerNode(graph: StudyGraph, container: string): NamedNode | undefined {
  const type = container.slice(0, Math.max(0, container.indexOf(':')));
  return type === '' ? undefined : graph.instances(type).find((iri) => refOf(iri.value) === container);
}

function statedDescription(
  graph: StudyGraph,
  home: NamedNode | undefined,
  facts: readonly KeyValueFact[],
): string | undefined {
  const told = home && (graph.text(home, 'schema:description') ?? graph.text(home, 'rdfs:comment'));
  return told ?? facts.find((fact) => fact.field === 'studyDescription' && fact.value !== '')?.value;
}

/** Keywords are the container's tags and its pairs for the study type or with the key "Keywords". */
function keywordsOf(graph: StudyGraph, home: NamedNode | undefined, facts: readonly KeyValueFact[]): string[] {
  if (home === undefined) return [];
  const tags = graph.objects(home, 'omekg:tag_annotation_value').map((tag) => withoutEmails(tag.value));
  const stated = facts
    .filter((fact) => fact.field === 'studyType' || /^keywords?$/i.test(fact.key.trim()))
    .flatMap((fact) => fact.value.split(/[,;]/));
  return [...new Set([...tags, ...stated].map(tidy).filter((keyword) => keyword !== ''))];
}

function annotationOf(stated: NonNullable<StudyFile['annotations']>[number]): StudyAnnotation {
  const type = stated.types.join('; ');
  const files = stated.files.map(({ path, sourceImage }): DataFile => ({
    path,
    images: [],
    attributes: type === '' ? [] : [{ name: 'Annotation type', value: type }],
    facts: [],
    sourceImage,
  }));
  return { ...stated, files };
}

function acquiredBetween(groups: readonly ImageGroup[]): { first: string; last: string } | undefined {
  const days = groups
    .flatMap((group) => group.images.map((image) => image.acquiredOn))
    .filter((day) => day !== undefined)
    .sort();
  const [first] = days;
  const last = days.at(-1);
  return first === undefined || last === undefined ? undefined : { first, last };
}
