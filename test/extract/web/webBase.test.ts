import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { belowBase, webBase } from '../../../src/extract/web/webBase.js';

describe('the address of an OMERO.web', () => {
  it.each([
    ['https://omero.example.org', 'https://omero.example.org/', undefined],
    ['  https://omero.example.org/  ', 'https://omero.example.org/', undefined],
    ['http://localhost:4080/omero', 'http://localhost:4080/omero/', undefined],
    ['https://h/webclient/', 'https://h/', 'webclient/'],
    ['https://h/omero/webclient/?show=project-52', 'https://h/omero/', 'webclient/'],
    ['https://h/omero/webclient/login/?url=x', 'https://h/omero/', 'webclient/login/'],
    ['https://h/a/b/api/v0/m/projects/', 'https://h/a/b/', 'api/v0/m/projects/'],
    ['https://h/api', 'https://h/', 'api/'],
    ['https://h/apicella/', 'https://h/apicella/', undefined],
    ['https://h/omero/?bsession=CANARY', 'https://h/omero/', 'what follows ?'],
    ['https://[::1]:8080/x', 'https://[::1]:8080/x/', undefined],
  ])('%s is %s', (text, base, left) => {
    const { url, said } = webBase(text);
    expect(url.href).toBe(base);
    expect(said).toBe(left === undefined ? undefined : `${base} is used; "${left}" at its end is left out`);
    expect(said ?? '').not.toContain('CANARY');
  });

  it.each([
    ['omero.example.org/omero', 'not an http or https address ("omero.example.org/omero"); write https:// before it'],
    ['ftp://h/', 'not an http or https address'],
    ['', 'not an http or https address'],
    ['ada:CANARY@h', 'not an http or https address'],
    ['https://ada:CANARY@h/x', '(h): it carries a user name or password'],
    ['https://CANARY@h/x', '(h): it carries a user name or password'],
  ])('%j is refused without repeating a password', (text, said) => {
    const refused = (): unknown => webBase(text);
    expect(refused).toThrow(said);
    expect(refused).not.toThrow('CANARY');
  });

  it('gives a server’s own addresses only their path, below the prefix', () => {
    const base = new URL('https://omero.example.org/omero/');
    const all = (named: string): string | undefined => belowBase(base, named)?.href;
    expect(all('http://internal:4080/omero/api/v0/')).toBe('https://omero.example.org/omero/api/v0/');
    expect(all('http://internal:4080/api/v0/?a=b')).toBe('https://omero.example.org/omero/api/v0/?a=b');
    expect(all('/omero/api/v0/')).toBe('https://omero.example.org/omero/api/v0/');
    expect(all('api/v0/')).toBe('https://omero.example.org/omero/api/v0/');
    expect(all('//evil.example.org/webclient/x')).toBe('https://omero.example.org/omero/webclient/x');
    expect(all('../../etc')).toBeUndefined();
    expect(all('/elsewhere/')).toBeUndefined();
    expect(all('http://')).toBeUndefined();
  });

  it('never leaves host and prefix, whatever a server names', () => {
    const base = new URL('https://omero.example.org/omero/');
    const part = fc.constantFrom(
      '/',
      '..',
      '.',
      'api',
      'webclient',
      '//',
      'http:',
      'evil.org',
      '@',
      '%2e%2e',
      '\\',
      '?',
      '#',
      ':',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.array(part).map((p) => p.join('')),
        ),
        (named) => {
          const url = belowBase(base, named);
          if (url !== undefined) expect(url.href.startsWith(base.href)).toBe(true);
        },
      ),
    );
  });
});
