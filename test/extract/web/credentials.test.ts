import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { findCredentials } from '../../../src/extract/web/credentials.js';
import { netrcEntry, parseNetrc } from '../../../src/extract/web/netrc.js';

const URL_ = 'https://omero.example.org/omero/';
const HOST = new URL(URL_);
const folder = mkdtempSync(join(tmpdir(), 'omegraph-netrc-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function netrcFile(text: string, mode = 0o600): string {
  const path = join(folder, `netrc-${(files += 1)}`);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('a netrc file', () => {
  it.each([
    ['one line', 'machine omero.example.org login ada password s3cret'],
    ['several lines', 'machine omero.example.org\n  login ada\r\n\tpassword s3cret\n'],
    ['another order and an account', 'machine OMERO.example.org password s3cret account x login ada'],
    ['comments', '# mine\nmachine omero.example.org # here\nlogin ada\npassword s3cret # done'],
    ['quoted values', 'machine "omero.example.org" login "ada" password "s3cret"'],
    [
      'a macro before',
      'macdef init\nmachine a login b\npassword c\n\nmachine omero.example.org login ada password s3cret',
    ],
    ['other machines', 'machine a.org login x password y\nmachine omero.example.org login ada password s3cret'],
    ['a default', 'machine a.org login x password y\ndefault login ada password s3cret'],
    [
      'the port',
      'machine omero.example.org:443 login no password no\nmachine omero.example.org login ada password s3cret',
    ],
  ])('is read with %s', (_what, text) => {
    expect(netrcEntry(parseNetrc(text), HOST)).toMatchObject({ login: 'ada', password: 's3cret' });
  });

  it('keeps a password as it is typed, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (password) => {
        const quoted = `"${password.replace(/[\\"]/g, '\\$&')}"`;
        expect(parseNetrc(`machine a login "b c" password ${quoted}`)).toEqual([
          { machine: 'a', login: 'b c', password },
        ]);
      }),
    );
  });

  it('reads a password that looks like a keyword or a comment', () => {
    expect(parseNetrc('machine a login password password #1')).toEqual([
      { machine: 'a', login: 'password', password: '#1' },
    ]);
  });

  it('prefers host and port, then the host, then the default, and the user that is named', () => {
    const entries = parseNetrc(
      'default login d password d\nmachine h login a password 1\nmachine h login b password 2\nmachine h:8080 login c password 3',
    );
    expect(netrcEntry(entries, new URL('http://h:8080/'))?.login).toBe('c');
    expect(netrcEntry(entries, new URL('http://h:81/'))?.login).toBe('a');
    expect(netrcEntry(entries, new URL('http://h:81/'), 'b')?.password).toBe('2');
    expect(netrcEntry(entries, new URL('http://other/'))?.login).toBe('d');
    expect(netrcEntry(entries.slice(1), new URL('http://other/'))).toBeUndefined();
  });

  it.each([
    [
      'a password with a space that is not quoted',
      'machine a\nlogin b password CANARY-1 CANARY-2',
      'f:2: a word is none',
    ],
    ['a value before the first machine', 'password CANARY', 'f:1: a value stands before the first machine'],
    ['a word without value', 'machine a login b\npassword', 'f:2: a word has no value'],
    ['a quote that stays open', 'machine a password "CANARY', 'f:1: a quoted value has no end'],
  ])('is refused with %s, by its line and without the value', (_what, text, said) => {
    const refused = (): unknown => parseNetrc(text, 'f');
    expect(refused).toThrow(said);
    expect(refused).not.toThrow('CANARY');
  });

  it('never fails but with a place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'"\\ \n#a', 'machine ', 'login ', 'password ', 'macdef ') }),
        (text) => {
          try {
            parseNetrc(text, 'f');
          } catch (error) {
            expect((error as Error).message).toMatch(/^f:\d+: /);
          }
        },
      ),
    );
  });
});

describe('credentials', () => {
  const netrc = netrcFile('machine omero.example.org login ada password from-file');

  it('come from the environment before any file', async () => {
    const env = { OMERO_USER: 'grace', OMERO_PASSWORD: 'pw' };
    expect(await findCredentials(URL_, { env, netrc: '/nowhere' })).toEqual({ username: 'grace', password: 'pw' });
  });

  it('come from the netrc file that is named, that NETRC names, or of the home folder', async () => {
    const ada = { username: 'ada', password: 'from-file' };
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(home, '.netrc'), 'machine omero.example.org login ada password from-file', { mode: 0o600 });
    expect(await findCredentials(URL_, { env: {}, netrc })).toEqual(ada);
    expect(await findCredentials(URL_, { env: { NETRC: netrc } })).toEqual(ada);
    expect(await findCredentials(URL_, { env: { HOME: home } })).toEqual(ada);
    expect(await findCredentials(URL_, { env: { HOME: home, OMERO_USER: 'ada' } })).toEqual(ada);
  });

  it('are nobody’s without environment, file and somebody to ask', async () => {
    expect(await findCredentials(URL_, { env: { HOME: folder } })).toBeUndefined();
    expect(await findCredentials('https://elsewhere.example.org', { env: {}, netrc })).toBeUndefined();
  });

  it('are asked for where they are missing, the password hidden', async () => {
    const asked: [string, boolean][] = [];
    const ask = async (question: string, hidden: boolean): Promise<string> => {
      asked.push([question, hidden]);
      return hidden ? 'typed' : ' ada ';
    };
    expect(await findCredentials(URL_, { env: { HOME: folder }, ask })).toEqual({ username: 'ada', password: 'typed' });
    expect(await findCredentials(URL_, { env: { HOME: folder, OMERO_USER: 'g' }, ask })).toEqual({
      username: 'g',
      password: 'typed',
    });
    expect(asked).toEqual([
      ['OMERO user name at omero.example.org (empty: public user): ', false],
      ['Password of ada at omero.example.org: ', true],
      ['Password of g at omero.example.org: ', true],
    ]);
    expect(await findCredentials(URL_, { env: { HOME: folder }, ask: async () => '' })).toBeUndefined();
  });

  it.each([
    ['a password without user', { OMERO_PASSWORD: 'CANARY' }, 'OMERO_PASSWORD: there is a password but no user name'],
    ['a user without password', { OMERO_USER: 'ada' }, 'there is a user name but no password for omero.example.org'],
    ['a file that is missing', { NETRC: '/nowhere/netrc' }, '/nowhere/netrc: the netrc file cannot be read ("ENOENT")'],
    ['a folder', { NETRC: folder }, 'the netrc file is no plain file'],
  ])('are refused with %s', async (_what, env, said) => {
    const refused = findCredentials(URL_, { env: { HOME: folder, ...env } });
    await expect(refused).rejects.toThrow(said);
    await expect(refused).rejects.not.toThrow('CANARY');
  });

  it.each([0o640, 0o604, 0o620, 0o644, 0o666])('are refused in a file with mode %o', async (mode) => {
    const open = netrcFile('machine omero.example.org login ada password CANARY', mode);
    await expect(findCredentials(URL_, { env: {}, netrc: open })).rejects.toThrow(
      `${open}: the netrc file is open to other users; run: chmod 600 ${open}`,
    );
  });

  it('refuse an open file of the home folder only where its password would be used', async () => {
    const home = join(folder, 'open-home');
    mkdirSync(home);
    writeFileSync(join(home, '.netrc'), 'machine omero.example.org login ada password CANARY');
    chmodSync(join(home, '.netrc'), 0o644);
    await expect(findCredentials(URL_, { env: { HOME: home } })).rejects.toThrow('open to other users');
    expect(await findCredentials('https://elsewhere.example.org', { env: { HOME: home } })).toBeUndefined();
  });
});
