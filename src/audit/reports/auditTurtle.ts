import type { AuditResult, StoredAudit } from '../model.js';
import { block, iri, prefixLines, reportIri, text, typed } from './reportTurtle.js';
import { isTerm } from './termText.js';

const SEVERITY = { violation: 'sh:Violation', warning: 'sh:Warning', info: 'sh:Info' } as const;
const CHUNK = 64 * 1024;

/**
 * The report as an `sh:ValidationReport` in Turtle (SHACL section 3.6) without blank nodes: report and results are IRIs
 * under `{base}/audit/{time}`. `omg:field` names the field where `sh:resultPath` would need a blank node. Waived results
 * are no results of SHACL and are left out.
 */
export async function* auditTurtle({ report, results }: StoredAudit): AsyncGenerator<string> {
  const root = reportIri(report);
  const at = iri(root, root);
  let chunk =
    prefixLines('sh', 'omg', 'dcterms', 'prov', 'xsd') +
    block(at, [
      ['a', 'sh:ValidationReport'],
      ['sh:conforms', typed(report.conforms, 'boolean')],
      ['prov:generatedAtTime', typed(report.auditedAt, 'dateTime')],
      ['dcterms:conformsTo', iri(report.profile.iri, root)],
      ['dcterms:title', text(`${report.profile.label} audit`)],
      ['dcterms:creator', text(report.software)],
    ]);
  let number = 0;
  for await (const result of results()) {
    if (result.waived) continue;
    number += 1;
    const node = iri(`${root}/result/${number}`, root);
    const shape = report.shapes[result.shape];
    const field = shape?.field === undefined ? undefined : report.fields[shape.field]?.field;
    chunk += `${at} sh:result ${node} .\n`;
    chunk += block(node, [
      ['a', 'sh:ValidationResult'],
      ['sh:focusNode', iri(result.focus.node, root)],
      ['sh:resultSeverity', SEVERITY[result.severity]],
      ['sh:sourceShape', shape && iri(shape.shape, root)],
      ['sh:sourceConstraintComponent', iri(result.component, root)],
      ['sh:resultMessage', text(result.message)],
      ['sh:value', valueOf(result)],
      ['omg:field', field === undefined ? undefined : iri(field, root)],
      ['omg:container', text(result.container)],
    ]);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** The value as a term; a blank node has no name outside its graph. */
function valueOf({ value }: AuditResult): string | undefined {
  if (value === undefined || value.startsWith('_:')) return undefined;
  return isTerm(value) ? value : text(value);
}
