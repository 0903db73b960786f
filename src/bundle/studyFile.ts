import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { OmegraphError } from '../errors.js';
import { plainValue } from '../yamlDocument.js';
import { isDay, isDoi, isEmail, isOrcid, isPlaceholder, isRor } from './identifiers.js';
import { STUDY_FILE_SCHEMA, type StudyFile } from './studyFileSchema.js';

/** One thing wrong in a study file. */
export interface StudyFileProblem {
  /** `study.yaml:12`. */
  readonly where: string;
  readonly wrong: string;
  readonly found?: string | undefined;
  readonly remedy: string;
}

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
ajv.addFormat('said', (text: string) => text.trim() !== '' && !isPlaceholder(text));
ajv.addFormat('day', isDay);
ajv.addFormat('address', isEmail);
ajv.addFormat('orcid', isOrcid);
ajv.addFormat('doi', isDoi);
ajv.addFormat('ror', isRor);
ajv.addFormat('web', (text: string) => /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(text));
const validate = ajv.compile<StudyFile>(STUDY_FILE_SCHEMA);

/** Reads a study file; @throws OmegraphError when it cannot be read or is not valid, naming file and line. */
export async function readStudyFile(path: string): Promise<StudyFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OmegraphError(
      'input',
      {
        where: path,
        wrong: 'the study file cannot be read',
        found: (cause as NodeJS.ErrnoException).code,
        remedy: 'check its name and that you may read it',
      },
      { cause },
    );
  });
  return parseStudyFile(text, path);
}

/** Parses the text of a study file; @throws OmegraphError at the first problem (and the number of the others). */
export function parseStudyFile(text: string, name: string): StudyFile {
  const { study, problems } = checkStudyFile(text, name);
  const [first, ...others] = problems;
  if (first === undefined) return study;
  const also =
    others.length === 0
      ? ''
      : `; also: ${others.map((p) => `${p.where.slice(name.length + 1)}: ${p.wrong}`).join(', ')}`;
  throw new OmegraphError('input', { ...first, remedy: first.remedy + also });
}

/** Parses the text of a study file and lists every problem with its line. */
export function checkStudyFile(text: string, name: string): { study: StudyFile; problems: StudyFileProblem[] } {
  const lines = new LineCounter();
  // The failsafe schema reads every scalar as text: `id: 007` and `year: 2026` stay as they were written.
  const doc = parseDocument(text, { lineCounter: lines, schema: 'failsafe', prettyErrors: false });
  const at = (offset: number | undefined): string => `${name}:${lines.linePos(offset ?? 0).line}`;
  if (doc.errors.length > 0) {
    return {
      study: {},
      problems: doc.errors.map((error) => ({
        where: at(error.pos[0]),
        wrong: `this is not YAML: ${error.message}`,
        remedy: 'correct the line, mind the indentation',
      })),
    };
  }
  const data: unknown = doc.contents === null || isEmpty(doc.contents) ? {} : plainValue(doc, name, 'input');
  if (validate(data)) return { study: data, problems: danglingAffiliations(data, doc.contents, at) };
  return { study: {}, problems: (validate.errors ?? []).map((error) => problemOf(error, doc.contents, at)) };
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && (node.value === '' || node.value === null);
}

function problemOf(
  error: ErrorObject,
  root: Node | null,
  at: (offset: number | undefined) => string,
): StudyFileProblem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((p) => p.replaceAll('~1', '/').replaceAll('~0', '~'));
  const remedy = descriptionOf(error.parentSchema) ?? 'see docs/study-file.md';
  const key = path.filter((p) => !/^\d+$/.test(p)).join('.');
  if (error.keyword === 'additionalProperties') {
    const unknown = stringParam(error, 'additionalProperty');
    return { where: at(offsetOf(root, [...path, unknown])), wrong: 'this key is not known', found: unknown, remedy };
  }
  if (error.keyword === 'required') {
    const missing = stringParam(error, 'missingProperty');
    const where = at(offsetOf(root, path));
    return { where, wrong: `${key} lacks the key ${missing}`, remedy };
  }
  const found = typeof error.data === 'string' ? error.data : undefined;
  const wrong =
    error.keyword === 'type' ? `${key || 'the file'} is not of the right form` : `${key} has a value that is not valid`;
  return { where: at(offsetOf(root, path)), wrong, found, remedy };
}

function descriptionOf(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('description' in schema)) return undefined;
  return typeof schema.description === 'string' ? schema.description : undefined;
}

function stringParam(error: ErrorObject, name: string): string {
  const value: unknown = error.params[name];
  return typeof value === 'string' ? value : '';
}

/** Offset of the key (or list item) at a path; of the nearest ancestor when it is not there. */
function offsetOf(root: Node | null, path: readonly string[]): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === step);
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** Affiliations must name an organization, organizations must have ids of their own (BioStudies, DOI conditions). */
function danglingAffiliations(
  study: StudyFile,
  root: Node | null,
  at: (offset: number | undefined) => string,
): StudyFileProblem[] {
  const problems: StudyFileProblem[] = [];
  const ids = new Set<string>();
  for (const [i, organization] of (study.organizations ?? []).entries()) {
    if (ids.has(organization.id)) {
      problems.push({
        where: at(offsetOf(root, ['organizations', String(i), 'id'])),
        wrong: 'two organizations have the same id',
        found: organization.id,
        remedy: 'give each organization its own id',
      });
    }
    ids.add(organization.id);
  }
  for (const [i, author] of (study.authors ?? []).entries()) {
    for (const [j, id] of (author.affiliations ?? []).entries()) {
      if (ids.has(id)) continue;
      problems.push({
        where: at(offsetOf(root, ['authors', String(i), 'affiliations', String(j)])),
        wrong: 'no organization has this id',
        found: id,
        remedy: 'list it under organizations with id and name',
      });
    }
  }
  return problems;
}
