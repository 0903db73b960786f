import { DataFactory, type NamedNode, Store } from 'n3';
import { OmegraphError } from '../errors.js';
import type { Severity } from '../findings.js';
import { XSD } from '../rdf/vocabulary.js';
import { OMG, SH } from './shaclTerms.js';
import { type ShapesDraft, targetedShapes } from './shapesDraft.js';
import { localName } from './localName.js';

/** How grave it is when a field is missing, or when a shape is not met; `off` does not ask. Names or IRIs of fields or shapes. */
export type SeverityRules = Readonly<Record<string, Severity | 'off'>>;

const TERMS: Readonly<Record<Severity, NamedNode>> = { violation: SH.Violation, warning: SH.Warning, info: SH.Info };
const GRAVEST = [SH.Violation, SH.Warning, SH.Info].map((t) => t.value);
const TRUE = DataFactory.literal('true', XSD.boolean);

/**
 * Grades shapes anew. A field stands for the shapes that ask for its presence; its other shapes become no graver than that,
 * and are off with it. A shape's own name is of that shape alone, and wins over its field's.
 * @throws OmegraphError (config) for a name that is neither a field nor a shape
 */
export function withSeverities(draft: ShapesDraft, rules: SeverityRules): ShapesDraft {
  const asked = Object.entries(rules);
  if (asked.length === 0) return draft;
  const graph = new Store(draft.graph.getQuads(null, null, null, null));
  const shapes = targetedShapes(graph);
  const value = (shape: NamedNode, predicate: NamedNode): string | undefined =>
    graph.getObjects(shape, predicate, null)[0]?.value;
  const grade = (shape: NamedNode, severity: Severity | 'off'): void => {
    const [predicate, object] = severity === 'off' ? [SH.deactivated, TRUE] : [SH.severity, TERMS[severity]];
    graph.removeQuads(graph.getQuads(shape, predicate, null, null));
    graph.addQuad(shape, predicate, object);
  };
  const known = asked.map(([name, severity]) => {
    const ofField = shapes.filter((s) => isNamed(value(s, OMG.field), name));
    const found = ofField.length > 0 ? ofField : shapes.filter((s) => isNamed(s.value, name));
    if (found.length === 0)
      throw unknownName(
        name,
        shapes.flatMap((s) => value(s, OMG.field) ?? []),
      );
    return { found, severity, byField: ofField.length > 0 };
  });
  for (const { found, severity } of known.filter((k) => k.byField)) {
    for (const shape of found) {
      const aspect = value(shape, OMG.aspect) ?? OMG.presence.value;
      const now = GRAVEST.indexOf(value(shape, SH.severity) ?? '');
      const graver = severity !== 'off' && now < GRAVEST.indexOf(TERMS[severity].value);
      if (severity === 'off' || aspect === OMG.presence.value || graver) grade(shape, severity);
    }
  }
  for (const { found, severity } of known.filter((k) => !k.byField)) for (const shape of found) grade(shape, severity);
  return { ...draft, graph };
}

const isNamed = (iri: string | undefined, name: string): boolean =>
  iri !== undefined && (iri === name || localName(iri) === name);

function unknownName(name: string, fields: readonly string[]): OmegraphError {
  const names = [...new Set(fields.map(localName))].sort();
  return new OmegraphError('config', {
    where: 'audit.severity',
    wrong: 'the profile has no such field or shape',
    found: name,
    remedy: `write the IRI of a shape, or one of its fields: ${names.join(', ')}`,
  });
}
