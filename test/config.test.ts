import { describe, expect, it } from 'vitest';
import { parseConfig } from '../src/config.js';

const fault = (text: string): string => {
  try {
    parseConfig(text, 'omegraph.yaml');
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('the configuration', () => {
  it('has a default for everything that is needed', () => {
    expect(parseConfig('', 'omegraph.yaml')).toEqual({
      base: 'http://localhost:8080',
      data: 'omegraph-data',
      omero: { connections: 2, timeoutSeconds: 90, parts: ['tables', 'well-pixels'], timeZone: 'UTC' },
      profile: 'rembi',
      audit: { keep: 100 },
      terms: { ols: 'https://www.ebi.ac.uk/ols4' },
      biaBase: 'http://bia/',
      serve: { host: '127.0.0.1', port: 8080, deadlineSeconds: 30, maxQuads: 8_000_000 },
    });
  });

  it('takes the rules of a site for the audit', () => {
    const { audit } = parseConfig(
      [
        'audit:',
        '  shapes: [ours.ttl]',
        '  severity: { organism: warning, qcInfo: off }',
        '  waivers:',
        '    - { about: imagingMethod, on: Project:52, reason: legacy data, until: 2027-01-31 }',
      ].join('\n'),
      'omegraph.yaml',
    );
    expect(audit).toEqual({
      keep: 100,
      shapes: ['ours.ttl'],
      severity: { organism: 'warning', qcInfo: 'off' },
      waivers: [{ about: 'imagingMethod', on: 'Project:52', reason: 'legacy data', until: '2027-01-31' }],
    });
  });

  it.each([
    ['audit:\n  severity: { organism: severe }', 'write a field of the profile with violation, warning, info or off'],
    ['audit:\n  waivers: [{ about: organism, on: "*" }]', 'reason'],
    ['audit:\n  waivers: [{ about: organism, on: "*", reason: x, until: soon }]', 'write a day as 2027-01-31'],
    ['audit:\n  keep: -1', 'write a number from 0 to 10000'],
  ])('refuses a rule for the audit that cannot be meant: %s', (text, remedy) => {
    expect(fault(text)).toContain(remedy);
  });

  it('keeps what is written and fills in the rest', () => {
    const config = parseConfig('base: https://omero.example.org\nserve:\n  port: 9000\n', 'omegraph.yaml');
    expect(config.base).toBe('https://omero.example.org');
    expect(config.serve).toEqual({ host: '127.0.0.1', port: 9000, deadlineSeconds: 30, maxQuads: 8_000_000 });
  });

  it.each([
    [
      'an unknown key',
      'base: https://a.org\n\nsever: {}\n',
      'omegraph.yaml:3: "sever" is not a known key; use one of: base, data',
    ],
    [
      'an unknown key deeper down',
      'serve:\n  prot: 1\n',
      'omegraph.yaml:2: "serve.prot" is not a known key; use one of: host, port',
    ],
    [
      'a value of the wrong type',
      'data: x\nserve:\n  port: eighty\n',
      'omegraph.yaml:3: "serve.port" must be integer ("eighty"); write a number from 0 to 65535',
    ],
    [
      'a base that is no IRI',
      'base: my server\n',
      'omegraph.yaml:1: "base" is not of the right form ("my server"); write an absolute IRI without ? and #, such as https://omero.example.org',
    ],
    ['a base with a fragment', 'base: http://a.org/#x\n', '"base" is not of the right form ("http://a.org/#x")'],
    ['a path with a NUL', 'data: "a\\0b"\n', '"data" is not of the right form ("a\\u{0}b"); write a folder path'],
    ['an alias without anchor', 'data: *here\n', 'omegraph.yaml: an alias of the YAML cannot be followed'],
    [
      'aliases that multiply',
      `${Array.from(
        { length: 9 },
        (_, i) =>
          `k${i}: &k${i} [${
            i === 0
              ? 'x'
              : Array(9)
                  .fill(`*k${i - 1}`)
                  .join(',')
          }]`,
      ).join('\n')}\n`,
      'omegraph.yaml: an alias of the YAML cannot be followed',
    ],
    ['broken YAML', 'base: [\n', 'omegraph.yaml:2: this is not valid YAML'],
    ['a key written twice', 'base: https://a.org\nbase: https://b.org\n', 'omegraph.yaml:2: this is not valid YAML'],
    [
      'a part that does not exist',
      'omero:\n  parts: [channel]\n',
      '"omero.parts.0" is not an allowed value ("channel"); use one of: tables, well-pixels',
    ],
    [
      'a time zone that does not exist',
      'omero:\n  timeZone: Middle/Earth\n',
      '"omero.timeZone" is not of the right form ("Middle/Earth"); write an IANA name such as Europe/Berlin',
    ],
    ['a password', 'omero:\n  password: secret\n', 'omegraph.yaml:2: "omero.password" is not a known key'],
    [
      'a list instead of keys',
      '- base\n',
      'omegraph.yaml:1: the file is not made of keys and values ("["base"]"); write lines of "key: value"',
    ],
  ])('names file, line and remedy for %s', (_what, text, message) => {
    expect(fault(text)).toContain(message);
  });

  it('lists every fault of a file, not just the first', () => {
    expect(fault('base: 1\nserve: { port: -1 }\n')).toMatch(
      /omegraph\.yaml:1: "base".*omegraph\.yaml:2: "serve\.port"/,
    );
  });
});
