import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/findings.js';
import type { Json, JsonObject } from '../../../src/extract/json.js';
import { decodeAnnotations } from '../../../src/extract/web/decodeAnnotations.js';
import { decodeObject } from '../../../src/extract/web/decodeObject.js';

const GOLDEN = '../shared/data/omero-golden-json';
const found = existsSync(GOLDEN);
if (!found) console.log(`${GOLDEN} is not here: the golden answers of OMERO.web are not decoded`);
interface Answer {
  readonly request: { readonly url: string };
  readonly status: number;
  readonly body: Json;
}
const answers: readonly (readonly [string, Answer])[] = !found
  ? []
  : readdirSync(GOLDEN)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, JSON.parse(readFileSync(join(GOLDEN, name), 'utf8')) as Answer]);

describe.skipIf(!found)('Decoding the golden answers of OMERO.web', () => {
  const findings: Finding[] = [];
  const context = { onFinding: (f: Finding) => void findings.push(f), timeZone: 'UTC' };
  it.each(answers)('%s', (_name, { request, body }) => {
    findings.length = 0;
    if (request.url.includes('/webclient/api/annotations/') && (body as JsonObject)?.annotations !== undefined) {
      const links = decodeAnnotations(body, context);
      console.log(JSON.stringify(links, null, 1));
    }
    const objects: JsonObject[] = [];
    collect(body, objects);
    for (const object of objects) console.log(JSON.stringify(decodeObject(object, context)));
    expect(findings).toEqual([]);
  });
});

function collect(value: Json | undefined, into: JsonObject[]): void {
  const body = value as { data?: Json } | null | undefined;
  for (const object of [body?.data].flat() as Json[])
    if (typeof object === 'object' && object !== null && '@type' in object) into.push(object as JsonObject);
}
