import { Parser, type Quad } from 'n3';
import { OmegraphError } from '../errors.js';

/** Parses a Turtle file; @throws OmegraphError (shapes) with file and line. */
export function parseTurtleFile(text: string, file: string): Quad[] {
  try {
    return new Parser({ format: 'text/turtle', baseIRI: 'urn:omegraph:shapes:' }).parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const line = / on line (\d+)\.?$/.exec(message)?.[1];
    throw new OmegraphError(
      'shapes',
      {
        where: line === undefined ? file : `${file}:${line}`,
        wrong: 'this is not Turtle',
        found: message.replace(/ on line \d+\.?$/, ''),
        remedy: 'correct the syntax at that line',
      },
      { cause },
    );
  }
}
