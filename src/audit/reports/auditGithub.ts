import { oneLine } from '../../errors.js';
import type { Severity } from '../../findings.js';
import type { AuditReport, StoredAudit } from '../model.js';
import { counted, percent } from '../../words.js';
import { whatToFix } from './whatToFix.js';

/** GitHub shows at most ten annotations of a kind in a step; more lines are written for the log, up to this. */
const CAP = 50;
const COMMAND: Readonly<Record<Severity, string>> = { violation: 'error', warning: 'warning', info: 'notice' };

/**
 * The audit as workflow commands of GitHub Actions: a line for each shape that is not met (violations as errors, warnings
 * as warnings), the gravest first and at most fifty, for each container that was not audited, and a summary.
 */
export async function* auditGithub({ report }: Pick<StoredAudit, 'report'>): AsyncGenerator<string> {
  const { notAudited, shapes, server, profile } = report;
  for (const { container, reason } of notAudited.slice(0, CAP))
    yield line('error', `${container} was not audited`, reason);
  if (notAudited.length > CAP)
    yield line('error', 'Not audited', `and ${counted(notAudited.length - CAP, 'more container')}`);
  const fixes = whatToFix(report).filter((f) => f.severity !== 'info');
  for (const { shape, severity, count, message, containers, examples } of fixes.slice(0, CAP)) {
    const info = shapes[shape];
    const title = [info?.module, info?.label].filter((part) => part !== undefined && part !== '').join(': ');
    const where = containers.slice(0, 3).map(([c, n]) => `${nameOf(report, c)} (${n})`);
    const more = containers.length > 3 ? ` and ${counted(containers.length - 3, 'more container')}` : '';
    const first = examples[0] === undefined ? '' : `; for example ${examples[0].ref}`;
    yield line(
      COMMAND[severity],
      title,
      `${counted(count, 'object')} in ${where.join(', ')}${more}${first}. ${message}`,
    );
  }
  if (fixes.length > CAP)
    yield line('notice', 'More', `${counted(fixes.length - CAP, 'more kind')} of results are in the report`);
  const { violation, warning, info } = server.results;
  yield line(
    'notice',
    `${profile.label} audit`,
    `${percent(server.completeness)} complete, ${counted(violation, 'violation')}, ${counted(warning, 'warning')}, ${counted(info, 'info')}, ${counted(server.waived, 'waived result')}`,
  );
}

function nameOf({ containers }: AuditReport, index: number): string {
  return containers[index]?.container ?? '';
}

/** One command; what has a meaning in it is escaped (actions/toolkit `command.ts`). */
function line(command: string, title: string, message: string): string {
  const data = oneLine(message, 2000).replaceAll('%', '%25');
  const property = oneLine(title, 200).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${command} title=${property}::${data}\n`;
}
