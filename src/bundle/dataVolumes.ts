import { ZipArchive } from 'archiver';
import { OmegraphError } from '../errors.js';
import type { ReachableFile } from './sourceFiles.js';

/** One ZIP of a bundle and what goes into it. */
export interface DataVolume {
  /** `images-001.zip`. */
  readonly name: string;
  readonly files: readonly ReachableFile[];
  /** Sum of the files in bytes. */
  readonly bytes: number;
}

/** Every entry has this time, so that packing the same files twice gives the same bytes. */
const ENTRY_TIME = new Date('1980-01-01T00:00:00Z');

/**
 * Distributes files over ZIPs of about `volumeBytes` in order of their paths, so that a broken upload costs one of them.
 * The size grows where more than `most` volumes would be needed; a file larger than a volume has one for itself.
 */
export function planVolumes(files: readonly ReachableFile[], volumeBytes: number, most: number): DataVolume[] {
  for (let limit = Math.max(1, volumeBytes); ; limit *= 2) {
    const volumes: ReachableFile[][] = [];
    let bytes = Number.POSITIVE_INFINITY;
    for (const file of files) {
      if (bytes + file.stats.size > limit) {
        volumes.push([]);
        bytes = 0;
      }
      volumes.at(-1)?.push(file);
      bytes += file.stats.size;
    }
    if (volumes.length > most) continue;
    return volumes.map((inside, i) => ({
      name: `images-${String(i + 1).padStart(3, '0')}.zip`,
      files: inside,
      bytes: inside.reduce((sum, file) => sum + file.stats.size, 0),
    }));
  }
}

/**
 * The bytes of a volume as a stream: entries stored, not compressed (image formats are compressed already), sorted,
 * with a fixed time and mode, named relative to the bundle's folder. @throws OmegraphError when a file cannot be read.
 */
export async function* volumeStream(volume: DataVolume): AsyncIterable<Uint8Array> {
  const zip = new ZipArchive({ store: true });
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure ??= error;
    zip.destroy(error instanceof Error ? error : undefined);
  };
  zip.on('warning', fail);
  zip.on('error', fail);
  for (const { path, file, stats } of volume.files) {
    zip.file(file, { name: `data/${path}`, date: ENTRY_TIME, mode: 0o644, stats });
  }
  const done = zip.finalize().catch(fail);
  try {
    for await (const chunk of zip) yield chunk as Uint8Array;
    await done;
    if (failure !== undefined) throw failure;
  } catch (cause) {
    throw new OmegraphError(
      'input',
      {
        where: volume.name,
        wrong: 'a file cannot be packed',
        found: cause instanceof Error ? cause.message : String(cause),
        remedy: 'check that the files are still there and that you may read them',
      },
      { cause },
    );
  }
}
