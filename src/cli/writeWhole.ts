import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { OmegraphError } from '../errors.js';

/** Writes a file whole or not at all: under a temporary name first, then renamed. @throws OmegraphError (input). */
export async function writeWhole(file: string, text: string | AsyncIterable<string>): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await pipeline(typeof text === 'string' ? [text] : text, createWriteStream(draft));
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
