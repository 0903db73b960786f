import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SeverityRules } from '../../src/audit/siteSeverities.js';
import { loadProfile, type Profile } from '../../src/audit/profile.js';
import { OMG } from '../../src/audit/shaclTerms.js';

const readme = await readFile('shapes/README.md', 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((m) => m[1] ?? '');
const severityOf = (profile: Profile, shape: string): string | undefined =>
  profile.shapes.find((s) => s.node.value.endsWith(`#${shape}`))?.severity;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omegraph-shapes-readme-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the chapter on shapes', () => {
  it('names every shipped profile', async () => {
    const folders = (await readdir('shapes', { withFileTypes: true }))
      .filter((e) => e.isDirectory())
      .map((e) => e.name);
    expect([...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map((m) => m[1]).sort()).toEqual(folders.sort());
  });

  it('names all our terms that shapes use', () => {
    const aspects = ['presence', 'validity', 'grounding'];
    for (const { value } of [OMG.field, OMG.aspect, OMG.file, OMG.basedOn, OMG.takes, OMG.judged, OMG.contradictedBy]) {
      expect(readme).toContain(`omg:${value.split('#')[1]}`);
    }
    for (const aspect of aspects) expect(readme).toContain(`omg:${aspect}`);
  });

  it('shows rules of a site that work', async () => {
    const file = join(folder, 'site.ttl');
    await writeFile(file, blocks('turtle')[0] ?? '');
    const profile = await loadProfile('rembi', { shapes: [file] });
    expect(severityOf(profile, 'organismGrounded')).toBe('violation');
    expect(severityOf(profile, 'qcInfo')).toBeUndefined();
    expect(severityOf(profile, 'datasetName')).toBe('warning');
  });

  it('shows lines of a configuration that work', async () => {
    const config = parse(blocks('yaml')[0] ?? '') as { audit: { severity: SeverityRules } };
    const profile = await loadProfile('rembi', { severity: config.audit.severity });
    expect(severityOf(profile, 'organism')).toBe('warning');
    expect(severityOf(profile, 'organismSaysSomething')).toBe('warning');
    expect(severityOf(profile, 'organismGrounded')).toBe('violation');
    expect(severityOf(profile, 'qcInfo')).toBeUndefined();
    expect(severityOf(profile, 'qcInfoSaysSomething')).toBeUndefined();
  });

  it('shows a profile that works', async () => {
    const file = join(folder, 'profile.ttl');
    await writeFile(file, blocks('turtle')[1] ?? '');
    const profile = await loadProfile(file);
    expect(profile.label).toBe('Our facility');
    expect(profile.modules).toEqual(['Study component', 'Biosample', 'Image data']);
  });
});
