import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OmegraphError } from '../../errors.js';
import { makeFolder } from '../../graph/makeFolder.js';
import type { AuditReport, StoredAudit } from '../model.js';
import { rowFileName } from './rowBytes.js';
import { storedAudit } from './storedAudit.js';

/** Name of the report within the folder of an audit. */
export const REPORT_FILE = 'report.json';

/** An audit that is being written. */
export interface Snapshot {
  /** Folder to write rows into: `results/` and `objects/` are there. */
  readonly unfinished: string;
  /** Writes the report and puts the folder in its place. */
  finish(report: AuditReport): Promise<StoredAudit>;
  /** Removes what was written. */
  drop(): Promise<void>;
}

/** Starts the folder of an audit beside its place. @throws OmegraphError (input) when it is there already or cannot be written */
export async function writeSnapshot(folder: string): Promise<Snapshot> {
  const place = resolve(folder);
  const unfinished = join(dirname(place), `.${basename(place)}.${process.pid}.writing`);
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
      await onDisk(folder, async () => {
        await writeFile(join(unfinished, REPORT_FILE), JSON.stringify(report));
        await rename(unfinished, place);
      });
      return storedAudit(report, (kind, container) => join(place, rowFileName(kind, container)));
    },
    drop: () => rm(unfinished, { recursive: true, force: true }),
  };
}

async function onDisk(where: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
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
