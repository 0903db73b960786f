import type { AuditReport, ContainerReport, NotAudited, ResultGroup, ShapeInfo, StoredAudit } from '../model.js';
import { counted } from '../../words.js';
import { fails, type ReportOptions } from './report.js';
import { xml } from './xmlText.js';

/**
 * The audit as JUnit XML, for CI servers: a suite for each container, a case for each shape; results from `failOn` on are
 * failures, others are told in `system-out`, waived ones are skipped, and a container that was not audited is an error.
 */
export async function* auditJUnit(
  { report }: Pick<StoredAudit, 'report'>,
  options: ReportOptions = {},
): AsyncGenerator<string> {
  const { containers, notAudited, shapes, profile } = report;
  const failures = containers.reduce((n, c) => n + failed(c, options).length, 0);
  const tests = containers.length * shapes.length + notAudited.length;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(profile.label)}" tests="${tests}" failures="${failures}" errors="${notAudited.length}">\n`;
  for (const container of containers) yield suite(report, container, options);
  for (const left of notAudited) yield unread(left, report);
  yield '</testsuites>\n';
}

function failed({ groups }: ContainerReport, { failOn }: ReportOptions): readonly ResultGroup[] {
  return groups.filter((g) => g.count > 0 && fails(g.severity, failOn));
}

function suite({ shapes, auditedAt }: AuditReport, container: ContainerReport, options: ReportOptions): string {
  const name = nameOf(container);
  const failures = new Set(failed(container, options).map((g) => g.shape)).size;
  const skipped = shapes.filter((_, i) => onlyWaived(container.groups.filter((g) => g.shape === i))).length;
  const cases = shapes.map((shape, i) =>
    testCase(
      shape,
      container.groups.filter((g) => g.shape === i),
      name,
      options,
    ),
  );
  return `<testsuite name="${xml(name)}" tests="${shapes.length}" failures="${failures}" errors="0" skipped="${skipped}" timestamp="${xml(auditedAt.slice(0, 19))}">\n${cases.join('')}</testsuite>\n`;
}

function testCase(
  shape: ShapeInfo,
  groups: readonly ResultGroup[],
  suiteName: string,
  { failOn }: ReportOptions,
): string {
  const head = `<testcase classname="${xml(shape.module === undefined ? suiteName : `${suiteName}.${shape.module}`)}" name="${xml(shape.label || shape.shape)}"`;
  const open = groups.filter((g) => g.count > 0);
  if (onlyWaived(groups)) {
    const waived = groups.reduce((n, g) => n + g.waived, 0);
    return `${head}><skipped message="${xml(`${counted(waived, 'result')} waived`)}"/></testcase>\n`;
  }
  if (open.length === 0) return `${head}/>\n`;
  const bad = open.filter((g) => fails(g.severity, failOn));
  const rest = open.filter((g) => !bad.includes(g));
  const failure =
    bad.length === 0
      ? ''
      : `<failure type="${bad[0]?.severity ?? ''}" message="${xml(bad.map(summary).join(' '))}">${xml(bad.map(lines).join('\n'))}</failure>`;
  const said =
    rest.length === 0
      ? ''
      : `<system-out>${xml(rest.map((g) => `${g.severity}: ${summary(g)}`).join('\n'))}</system-out>`;
  return `${head}>${failure}${said}</testcase>\n`;
}

const onlyWaived = (groups: readonly ResultGroup[]): boolean =>
  groups.length > 0 && groups.every((g) => g.count === 0) && groups.some((g) => g.waived > 0);

const summary = (g: ResultGroup): string => `${counted(g.count, 'object')}: ${g.message}`;

function lines({ examples, count, message }: ResultGroup): string {
  const left = count - examples.length;
  return [
    message,
    ...examples.map((e) => `${e.ref} ${e.label}${e.image === undefined ? '' : ` (${e.image})`} ${e.node}`),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join('\n');
}

function unread(left: NotAudited, { auditedAt }: AuditReport): string {
  const name = nameOf(left);
  return `<testsuite name="${xml(name)}" tests="1" failures="0" errors="1" skipped="0" timestamp="${xml(auditedAt.slice(0, 19))}">
<testcase classname="${xml(name)}" name="is audited"><error type="not audited" message="${xml(left.reason)}"/></testcase>
</testsuite>\n`;
}

const nameOf = ({ container, label }: { readonly container: string; readonly label?: string | undefined }): string =>
  label === undefined || label === '' || label === container ? container : `${container} ${label}`;
