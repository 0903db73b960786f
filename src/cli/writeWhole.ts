import { rename, rm, writeFile } from 'node:fs/promises';
import { OmegraphError } from '../errors.js';

/** Writes a file whole or not at all: under a temporary name first, then renamed. @throws OmegraphError (input). */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new OmegraphError(
      'input',
      {
        where: file,
        wrong: 'the file cannot be written',
        found: (cause as NodeJS.ErrnoException).code,
        remedy: 'choose a folder that exists and that you may write to',
      },
      { cause },
    );
  }
}
