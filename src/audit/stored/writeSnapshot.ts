import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OmegraphError } from '../../errors.js';
import { makeFolder } from '../../graph/makeFolder.js';
import type { AuditReport, StoredAudit } from '../model.js';
import { rowFileName } from './rowBytes.js';
import { storedAudit } from './storedAudit.js';

/** Name of the report within the folder of an audit. */
export const REPORT_FILE = 'report.json';
/** Name of the summary beside it. */
export const SUMMARY_FILE = 'summary.json';

/** What a list of audits says of one, so that reports need not be opened for it. */
export interface AuditSummary {
  readonly format: 'omegraph-audit-summary';
  readonly version: 2;
  readonly software: string;
  readonly profile: AuditReport['profile'];
  readonly auditedAt: string;
  readonly base: string;
  /** Containers that were asked for; everything when left out. */
  readonly asked?: readonly string[] | undefined;
  readonly partial: boolean;
  readonly conforms: boolean;
  /** Containers that were audited. */
  readonly containers: number;
  readonly images: number;
  readonly imagesNotAudited: number;
  readonly completeness: number | null;
  readonly results: AuditReport['server']['results'];
  readonly waived: number;
}

/** An audit that is being written. */
export interface Snapshot {
  /** Folder to write rows into: `results/` and `objects/` are there. */
  readonly unfinished: string;
  /** Writes the report and puts the folder in its place, or beside it (`…-2`) when another audit was put there meanwhile. */
  finish(report: AuditReport): Promise<StoredAudit>;
  /** Removes what was written. */
  drop(): Promise<void>;
}

/** Audits that this process has begun, so that two at the same time do not share a folder. */
let started = 0;

/** Starts the folder of an audit beside its place. @throws OmegraphError (input) when it is there already or cannot be written */
export async function writeSnapshot(folder: string): Promise<Snapshot> {
  const place = resolve(folder);
  started += 1;
  const unfinished = join(dirname(place), `.${basename(place)}.${process.pid}-${started}.writing`);
  if (await stat(place).catch(() => undefined)) {
    throw new OmegraphError('input', {
      where: folder,
      wrong: 'there is something in the place of this audit',
      remedy: 'name a folder that is not there yet',
    });
  }
  await onDisk(folder, async () => {
    await makeFolder(dirname(place));
    await rm(unfinished, { recursive: true, force: true });
    for (const kind of ['results', 'objects']) await mkdir(join(unfinished, kind), { recursive: true });
  });
  return {
    unfinished,
    async finish(report) {
      const kept = await onDisk(folder, async () => {
        await writeFile(join(unfinished, REPORT_FILE), JSON.stringify(report));
        await writeFile(join(unfinished, SUMMARY_FILE), `${JSON.stringify(summaryOf(report), null, 2)}\n`);
        return putIn(unfinished, place);
      });
      return storedAudit(report, (kind, container) => join(kept, rowFileName(kind, container)));
    },
    drop: () => rm(unfinished, { recursive: true, force: true }),
  };
}

function summaryOf(report: AuditReport): AuditSummary {
  const { software, profile, auditedAt, base, asked, partial, conforms, containers, server } = report;
  const { images, imagesNotAudited, completeness, results, waived } = server;
  return {
    format: 'omegraph-audit-summary',
    version: 2,
    ...{ software, profile, auditedAt, base, asked, partial, conforms, containers: containers.length },
    ...{ images, imagesNotAudited, completeness, results, waived },
  };
}

/** Gives a folder its name, or the first numbered one that is free; answers with it. */
async function putIn(unfinished: string, place: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? place : `${place}-${n}`;
    try {
      await rename(unfinished, free);
      return free;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

async function onDisk<T>(where: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const parts = {
      where,
      wrong: 'the audit cannot be kept here',
      found: cause.message,
      remedy: 'check the folder and the space on its disk',
    };
    throw new OmegraphError('input', parts, { cause });
  }
}
