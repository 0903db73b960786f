import { embeddedAccession, parseAccession } from '../terms/accession.js';
import type { ValueKind } from '../terms/valueKinds.js';
import { type AccessionQuestion, accessionFinding, auditAccession } from '../terms/accessionAudit.js';
import { groundValue } from './groundValue.js';
import type { Sink } from './sink.js';

/** Forms of a text below this are too free to contradict an accession. */
const SURE = 0.9;

/**
 * Audits the accession in or beside a value: adds the finding, and notes the pair for what shows over a run only. False when
 * there is no accession, or no index of terms to judge it by.
 */
export function auditPair(
  sink: Sink,
  kind: ValueKind,
  value: string,
  beside: string | undefined,
  focus: string,
  at: string,
): boolean {
  const { mappings, terms } = sink.compiled;
  const pair = accessionPair(kind, value, beside);
  if (terms === undefined || pair === undefined) return false;
  sink.accessions?.push(pair);
  const grounded = groundValue({ kind, value: pair.value }, { mappings, terms });
  const sure = grounded !== undefined && grounded.confidence >= SURE ? grounded.term.curie : undefined;
  const question = { ...pair, grounded: sure };
  const found = accessionFinding(question, auditAccession(question, terms), focus, at);
  if (found !== undefined) sink.findings.push(found);
  return true;
}

/** A value and its accession, apart: from the column beside it, or from its own brackets. */
export function accessionPair(
  kind: ValueKind,
  value: string,
  beside: string | undefined,
): AccessionQuestion | undefined {
  if (value.length > 300) return undefined;
  const inside = embeddedAccession(value);
  if (inside !== undefined && inside.label !== '')
    return { kind, value: inside.label, accession: inside.accession.curie };
  const accession = beside?.trim() ?? '';
  // A value that is an accession itself has nothing that it could contradict.
  if (accession === '' || accession.length > 300 || parseAccession(value) !== undefined) return undefined;
  return { kind, value, accession };
}
