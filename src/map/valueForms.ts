import type { ValueKind } from '../terms/valueKinds.js';
import { phenotypeForms } from './phenotypeForms.js';
import { singulars } from './singulars.js';
import type { FormRule } from './valueRules.js';

/** Another way to write a value, under which it may have a name. */
export interface ValueForm {
  readonly text: string;
  readonly rule: FormRule;
}

/** Nouns that labs leave out because the key says them, by kind. */
const NOUNS: Readonly<Partial<Record<ValueKind, readonly string[]>>> = {
  screenType: ['screen'],
  screenTechnology: ['screen'],
  libraryType: ['library'],
  protocolType: ['protocol'],
  developmentalStage: ['stage'],
  studyType: ['assay'],
  signalContrast: ['microscopy'],
  cellType: ['cell'],
};
/** Kinds whose nouns have to be tried before the text itself finds something of another sort. */
const NOUN_FIRST: ReadonlySet<ValueKind> = new Set(['developmentalStage']);
const PLURAL_KINDS: ReadonlySet<ValueKind> = new Set([
  ...(['cellType', 'organismPart', 'biologicalEntity', 'disease', 'stain', 'cellularComponent'] as const),
]);
const TAILS: Readonly<Partial<Record<ValueKind, RegExp>>> = {
  cellLine: /[\s-]+(?:cells?|cell lines?|lines?)$/i,
  organismPart: /[\s-]+(?:tissues?|samples?|sections?|slices?|biops(?:y|ies)|whole[- ]?mounts?)$/i,
  strain: /[\s-]+(?:strains?|mice|mouse|rats?)$/i,
  disease: /[\s-]+(?:patients?|samples?)$/i,
};
/** What says whose or in which state, and does not change what it is. */
const LEADS =
  /^(?:(?:human|mouse|murine|rat|bovine|porcine|zebrafish|primary|cultured|isolated|adult|whole|normal|healthy|native|fresh|frozen) )+/i;
const ORGAN_LEADS =
  /^(?:kidney|renal|liver|hepatic|lung|brain|spleen|pancreas|skin|bone marrow|peripheral blood|blood|cortical|hippocampal) /i;
/** Adjectives that names of cells have where labs write the organ. */
const ADJECTIVES: Readonly<Record<string, string>> = {
  pancreas: 'pancreatic',
  kidney: 'kidney',
  liver: 'hepatic',
  heart: 'cardiac',
  muscle: 'muscle',
  intestine: 'intestinal',
  brain: 'brain',
};
const LEAD_KINDS: ReadonlySet<ValueKind> = new Set(['cellType', 'organismPart', 'biologicalEntity']);
const FORMALDEHYDE =
  /^(?:(?:\d+(?:\.\d+)? ?% )?)(?:pfa|paraformaldehyde|formalin|formaldehyde|nbf|neutral buffered formalin)$/i;

/** The forms of a value before its own text is looked up. */
export function* formsBefore(kind: ValueKind, text: string): Generator<ValueForm> {
  if (kind === 'developmentalStage') {
    const cells = /^(\d+|one|two|four|eight|sixteen)[- ]?cells?(?:[- ]stage)?(?: embryos?)?$/i.exec(text);
    // Half days are how mouse embryos are dated.
    const day = /^E ?(\d{1,2}\.5)$/i.exec(text)?.[1];
    if (day !== undefined) yield { text: `embryonic day ${day}`, rule: 'stage' };
    if (cells) {
      const number = { one: 1, two: 2, four: 4, eight: 8, sixteen: 16 }[cells[1]?.toLowerCase() ?? ''] ?? cells[1];
      yield { text: `${number}-cell stage embryo`, rule: 'stage' };
    }
  }
  if (kind === 'fixation') {
    const fixative = FORMALDEHYDE.test(text) ? 'formaldehyde' : text.replace(/^\d+(?:\.\d+)? ?% /, '');
    yield { text: `${fixative.replace(/[- ]fix(?:ed|ation)$/i, '')} fixed tissue`, rule: 'noun' };
  }
  if (kind === 'embedding')
    yield { text: `tissue in ${text.replace(/[- ]embed(?:ded|ding|ment)$/i, '')} embedment`, rule: 'noun' };
  if (NOUN_FIRST.has(kind)) for (const noun of NOUNS[kind] ?? []) yield { text: `${text} ${noun}`, rule: 'noun' };
}

/** The forms of a value that its own text did not ground, those to be trusted most first. */
export function* formsAfter(kind: ValueKind, text: string): Generator<ValueForm> {
  if (kind === 'phenotype') {
    yield* phenotypeForms(text);
    return;
  }
  if (!NOUN_FIRST.has(kind)) for (const noun of NOUNS[kind] ?? []) yield { text: `${text} ${noun}`, rule: 'noun' };
  if (kind === 'stain') {
    yield { text: `${text}FP`, rule: 'noun' };
    if (/^[A-Z]FP$/.test(text)) yield { text: `E${text}`, rule: 'noun' };
  }
  const tail = TAILS[kind];
  if (tail?.test(text)) yield { text: text.replace(tail, ''), rule: 'tail' };
  if (PLURAL_KINDS.has(kind)) for (const one of singulars(text)) yield { text: one, rule: 'singular' };
  if (LEAD_KINDS.has(kind)) {
    const bare = text.replace(LEADS, '');
    const organ = kind === 'cellType' ? /^([a-z]+) /i.exec(bare)?.[1]?.toLowerCase() : undefined;
    const adjective = organ === undefined ? undefined : ADJECTIVES[organ];
    const forms = bare === text ? [] : [bare];
    if (adjective !== undefined) forms.push(`${adjective}${bare.slice(organ?.length)}`);
    if (kind === 'cellType' && ORGAN_LEADS.test(bare)) forms.push(bare.replace(ORGAN_LEADS, ''));
    for (const form of forms) {
      yield { text: form, rule: 'lead' };
      for (const one of singulars(form)) yield { text: one, rule: 'lead' };
    }
  }
}
