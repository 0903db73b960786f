import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOntology, ontologyFiles, updateOntologies } from '../../src/terms/build/addOntology.js';
import { openTermIndex } from '../../src/terms/termIndex.js';
import { temporaryFile, temporaryFolder } from './ontologyFixtures.js';

const obo = (name: string, version = '2026-01-01'): string =>
  `format-version: 1.2\ndata-version: ${version}\nontology: lab\n\n[Term]\nid: LAB:1\nname: ${name}\n`;

let server: Server;
let address: string;
let answer: { status: number; body: string; hang?: boolean };
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status);
    response.write(answer.body);
    if (answer.hang !== true) response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/lab.obo`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answer = { status: 200, body: obo('our dye') };
});

describe('adding an ontology', () => {
  it('makes an index of a file, and update reads the file again', async () => {
    const file = await temporaryFile('lab.obo', obo('our dye'));
    const folder = join(await temporaryFolder(), 'terms');
    const added = await addOntology(file, folder, { licence: 'CC0-1.0' });
    expect(added.ontology).toMatchObject({ prefix: 'LAB', terms: 1, version: '2026-01-01', source: file });
    const files = await ontologyFiles(folder);
    expect((await openTermIndex(files)).find('Our dye')[0]?.term.curie).toBe('LAB:1');
    await writeFile(file, obo('our new dye', '2026-02-02'));
    const results = [];
    for await (const result of updateOntologies(folder)) results.push(result);
    expect(results).toMatchObject([
      { prefix: 'LAB', added: { ontology: { version: '2026-02-02', licence: 'CC0-1.0' } } },
    ]);
    expect((await openTermIndex(files)).find('our new dye')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['LAB.idx']);
  });

  it('downloads an address and remembers it', async () => {
    const folder = await temporaryFolder();
    await addOntology(address, folder);
    answer = { status: 200, body: obo('our new dye') };
    for await (const result of updateOntologies(folder))
      expect('added' in result && result.added.ontology.source).toBe(address);
    expect((await openTermIndex(await ontologyFiles(folder))).find('our new dye')).toHaveLength(1);
  });

  it.each([
    [
      'an address that gives an error',
      { status: 404, body: '' },
      {},
      /lab\.obo: the server does not give the file \("404"\)/,
    ],
    [
      'a file that is too large',
      { status: 200, body: obo('x'.repeat(5000)) },
      { bytes: 1000 },
      /larger than 1000 bytes/,
    ],
    ['a server that hangs', { status: 200, body: 'format', hang: true }, { time: 50 }, /the download takes too long/],
    ['a web page', { status: 200, body: '<!doctype html><p>Sign in</p>' }, {}, /lab\.obo/],
    ['a file that is cut off', { status: 200, body: obo('a').slice(0, -10) }, {}, /lab\.obo:/],
  ])('keeps what there is when the source is %s', async (_, given, limits, message) => {
    const folder = await temporaryFolder();
    await addOntology(address, folder);
    answer = given;
    await expect(addOntology(address, folder, { limits })).rejects.toThrow(message);
    const failed = [];
    for await (const result of updateOntologies(folder, { limits })) failed.push(result);
    expect(failed).toMatchObject([{ prefix: 'LAB', error: { name: 'OmegraphError' } }]);
    expect(await readdir(folder)).toEqual(['LAB.idx']);
    expect((await openTermIndex(await ontologyFiles(folder))).find('our dye')).toHaveLength(1);
  });

  it('says which prefixes there are when none is the one asked for', async () => {
    const file = await temporaryFile('lab.obo', obo('our dye'));
    await expect(addOntology(file, await temporaryFolder(), { prefix: 'XX' })).rejects.toThrow(
      /no term has this prefix \("XX"\); name one of LAB/,
    );
  });
});
