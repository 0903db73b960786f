import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isOmegraphError, OmegraphError } from '../../errors.js';
import type { AuditReport, StoredAudit } from '../model.js';
import { missingPart } from './reportForm.js';
import { rowFileName } from './rowBytes.js';
import { storedAudit } from './storedAudit.js';
import { type AuditSummary, REPORT_FILE, SUMMARY_FILE } from './writeSnapshot.js';

/** Folder of kept audits within a data folder. */
const AUDITS = 'audits';
/** Unfinished folders older than this belong to no audit that runs. */
const LEFT_BEHIND_MS = 86_400_000;

/** A kept audit. */
export interface KeptAudit {
  /** `2026-11-21T10-45-00Z`. */
  readonly name: string;
  readonly folder: string;
  /** Undefined when it cannot be read; then there is a `problem`. */
  readonly summary?: AuditSummary | undefined;
  /** A full sentence. */
  readonly problem?: string | undefined;
}

/** A folder for an audit of that moment, not there yet: `{data}/audits/2026-11-21T10-45-00Z`. */
export async function auditFolder(data: string, at: Date): Promise<string> {
  const name = at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  for (let n = 1; ; n += 1) {
    const folder = join(data, AUDITS, n === 1 ? name : `${name}-${n}`);
    if ((await stat(folder).catch(() => undefined)) === undefined) return folder;
  }
}

/** The audits kept in a data folder, the oldest first; only their summaries are read. */
export async function listAudits(data: string): Promise<KeptAudit[]> {
  const names = await readdir(join(data, AUDITS)).catch(() => []);
  const kept = names.filter((name) => /^\d{4}-\d\d-\d\dT[\d-]+Z(?:-\d+)?$/.test(name)).sort(byTime);
  return Promise.all(
    kept.map(async (name): Promise<KeptAudit> => {
      const folder = join(data, AUDITS, name);
      try {
        return { name, folder, summary: await readJson<AuditSummary>(join(folder, SUMMARY_FILE), 'summary') };
      } catch (error) {
        if (!isOmegraphError(error)) throw error;
        return { name, folder, problem: error.message };
      }
    }),
  );
}

/**
 * The kept audit that a text means: its name, the beginning of its name (a day: the last one of it), `last`, or a folder.
 * @throws OmegraphError (input) when there is none
 */
export async function findAudit(data: string, which: string): Promise<KeptAudit> {
  const kept = await listAudits(data);
  const meant =
    which === 'last'
      ? kept.at(-1)
      : (kept.find((k) => k.name === which) ??
        kept.filter((k) => which !== '' && k.name.startsWith(which.replaceAll(':', '-'))).at(-1));
  if (meant !== undefined) return meant;
  const folder = resolve(which);
  if (which !== '' && (await stat(join(folder, REPORT_FILE)).catch(() => undefined)) !== undefined) {
    return { name: basename(folder), folder };
  }
  const names = kept.map((k) => k.name);
  throw new OmegraphError('input', {
    where: join(data, AUDITS),
    wrong: 'no such audit is kept',
    found: which,
    remedy:
      names.length === 0
        ? 'run `omegraph audit` first, which keeps what it finds'
        : `name one of: ${names.slice(-8).join(', ')}`,
  });
}

/** The report of a kept audit. @throws OmegraphError (input) when it is not there, damaged or of another version */
export async function readReport(folder: string): Promise<AuditReport> {
  const path = join(folder, REPORT_FILE);
  return readJson<AuditReport>(path, 'report');
}

/** A kept audit; its rows are opened when they are asked for. @throws OmegraphError (input) as `readReport` does */
export async function openAudit(folder: string): Promise<StoredAudit> {
  const report = await readReport(folder);
  return storedAudit(report, (kind, container) => join(folder, rowFileName(kind, container)));
}

/** Removes all but the newest `keep` audits, and what broken-off ones left; returns the names of those removed. */
export async function keepAudits(data: string, keep: number): Promise<string[]> {
  const kept = await listAudits(data);
  const old = kept.slice(0, Math.max(0, kept.length - keep));
  for (const { folder } of old) await rm(folder, { recursive: true, force: true });
  for (const name of await readdir(join(data, AUDITS)).catch(() => [])) {
    if (!/^\.\d{4}-.*\.writing$/.test(name)) continue;
    const folder = join(data, AUDITS, name);
    const age = Date.now() - ((await stat(folder).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > LEFT_BEHIND_MS) await rm(folder, { recursive: true, force: true });
  }
  return old.map(({ name }) => name);
}

/** Two audits of one second follow one another by number. */
function byTime(a: string, b: string): number {
  const [timeA = '', numberA = '1'] = a.split(/(?<=Z)-/);
  const [timeB = '', numberB = '1'] = b.split(/(?<=Z)-/);
  return timeA === timeB ? Number(numberA) - Number(numberB) : timeA < timeB ? -1 : 1;
}

async function readJson<Value extends { readonly format: string; readonly version: number }>(
  path: string,
  kind: 'report' | 'summary',
): Promise<Value> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Value>;
  if (format !== (kind === 'report' ? 'omegraph-audit' : 'omegraph-audit-summary')) {
    throw unreadable(path, `it is no ${kind} of an audit`);
  }
  if (version !== 2) throw unreadable(path, `it is of version ${String(version)}, and this software reads version 2`);
  const part = missingPart(value as Value, kind);
  if (part !== undefined) throw unreadable(path, `${part} is missing or not what it should be`);
  return value as Value;
}

function unreadable(where: string, found: string, cause?: unknown): OmegraphError {
  return new OmegraphError(
    'input',
    { where, wrong: 'the kept audit cannot be read', found, remedy: 'remove its folder, or restore it from a backup' },
    { cause },
  );
}
