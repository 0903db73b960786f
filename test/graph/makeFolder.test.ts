import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/graph/makeFolder.js';

const home = mkdtempSync(join(tmpdir(), 'omegraph-folder-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a folder', () => {
  it('is made with those above it, and left alone when it is there', async () => {
    const folder = join(home, 'a', 'b', 'c');
    await makeFolder(folder);
    await makeFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it('is not made where a file of its name, or of a folder above, is there', async () => {
    writeFileSync(join(home, 'file'), '');
    await expect(makeFolder(join(home, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(home, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.skipIf(!existsSync('/proc/self'))('that the system refuses is an error, not a wait for ever', async () => {
    await expect(makeFolder('/proc/omegraph')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
