import { safeSegment } from '../../rdf/iris.js';
import type { AuditReport, Scope, StoredAudit } from '../model.js';
import { block, iri, prefixLines, reportIri, text, typed } from './reportTurtle.js';

interface Metric {
  readonly name: string;
  readonly label: string;
  readonly definition: string;
  readonly dimension: string;
  readonly datatype: 'double' | 'integer';
  value(scope: Scope): number | null;
}

const COMPLETENESS = 'ldqd:completeness';
const CONSISTENCY = 'ldqd:consistency';

/**
 * The audit as quality measurements (W3C Data Quality Vocabulary): for the record, each container and each dataset or plate
 * the completeness, that of each module, and its results by severity, in Turtle without blank nodes. A measure of which
 * nothing is asked is left out.
 */
export async function* auditDqv({ report }: Pick<StoredAudit, 'report'>): AsyncGenerator<string> {
  const root = reportIri(report);
  const metrics = metricsOf(report);
  const metricIri = (m: Metric): string => iri(`${root}/metric/${m.name}`, root);
  yield prefixLines('dqv', 'ldqd', 'skos', 'dcterms', 'prov', 'xsd');
  for (const metric of metrics) {
    yield block(metricIri(metric), [
      ['a', 'dqv:Metric'],
      ['skos:prefLabel', text(metric.label)],
      ['skos:definition', text(metric.definition)],
      ['dqv:inDimension', metric.dimension],
      ['dqv:expectedDataType', `xsd:${metric.datatype}`],
    ]);
  }
  yield block(iri(root, root), [
    ['a', 'dqv:QualityMeasurementDataset'],
    ['dcterms:title', text(`${report.profile.label} audit`)],
    ['dcterms:conformsTo', iri(report.profile.iri, root)],
    ['prov:generatedAtTime', typed(report.auditedAt, 'dateTime')],
  ]);
  for (const { node, name, scope } of measured(report)) {
    for (const metric of metrics) {
      const value = metric.value(scope);
      if (value === null) continue;
      yield block(iri(`${root}/measurement/${name}/${metric.name}`, root), [
        ['a', 'dqv:QualityMeasurement'],
        ['dqv:computedOn', iri(node, root)],
        ['dqv:isMeasurementOf', metricIri(metric)],
        ['dqv:value', typed(metric.datatype === 'double' ? doubleText(value) : value, metric.datatype)],
        ['prov:generatedAtTime', typed(report.auditedAt, 'dateTime')],
        ['dcterms:isPartOf', iri(root, root)],
      ]);
    }
  }
}

function metricsOf({ modules, profile }: AuditReport): readonly Metric[] {
  const asked = `Share (0 to 1) of objects that state, or inherit, what ${profile.label} expects of them`;
  return [
    {
      name: 'completeness',
      label: 'Completeness',
      definition: `${asked}, as a mean over its fields.`,
      dimension: COMPLETENESS,
      datatype: 'double',
      value: (s) => s.completeness,
    },
    ...modules.map((module, m): Metric => ({
      name: `completeness/${safeSegment(module)}`,
      label: `Completeness: ${module}`,
      definition: `${asked} in its module ${module}.`,
      dimension: COMPLETENESS,
      datatype: 'double',
      value: (s) => s.moduleCompleteness[m] ?? null,
    })),
    ...(['violation', 'warning', 'info'] as const).map((severity): Metric => ({
      name: `results/${severity}`,
      label: `Results of severity ${severity}`,
      definition: `Number of validation results of severity ${severity}, waived ones not counted.`,
      dimension: CONSISTENCY,
      datatype: 'integer',
      value: (s) => s.results[severity],
    })),
  ];
}

/** What is measured: the IRI it is about, and its name among the measurements. */
function* measured(report: AuditReport): Generator<{ node: string; name: string; scope: Scope }> {
  const base = report.base.replace(/\/+$/, '');
  yield { node: `${base}/`, name: 'record', scope: report.server };
  for (const c of report.containers) {
    const path = c.container.split(':').map(safeSegment).join('/');
    yield {
      node: c.container.includes(':') ? `${base}/${path}` : (c.graph ?? `${base}/graph/${path}`),
      name: path,
      scope: c,
    };
    for (const p of c.parts) {
      const part = p.ref.split(':').map(safeSegment).join('/');
      // a dataset may be in two projects
      yield { node: p.node, name: `${path}/${part}`, scope: p };
    }
  }
}

/** A double as XSD writes it canonically enough for any reader. */
function doubleText(value: number): string {
  return String(Number(value.toFixed(6)));
}
