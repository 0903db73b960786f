import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareWithRecords } from '../../support/omeroWeb/compareRecords.js';
import { generateOmero } from '../../support/omeroWeb/generate.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { truthOf } from '../../support/omeroWeb/truth.js';
import { removeFolder, sourceOf, temporaryFolder } from './exporting.js';

let server: OmeroWebServer;
let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});
afterEach(async () => {
  await server.close();
  await removeFolder(home);
});

describe('an OMERO server as a source', () => {
  it.each([
    ['one or two of everything', {}],
    ['owners who differ from object to object', { mixedOwners: 2, seed: 3 }],
    ['ids above 2^53', { bigIds: true, seed: 5 }],
  ])('says of a server with %s what is true of it', async (_, options) => {
    const rows = generateOmero(options);
    server = await startOmeroWeb(openStore(rows));
    const findings: string[] = [];
    const records = sourceOf(server.url).records([], { onFinding: (f) => void findings.push(`${f.code} ${f.focus}`) });
    expect(await compareWithRecords(records, truthOf(rows))).toEqual([]);
    expect(server.openSessions).toBe(0);
    console.log(findings);
  });
});
