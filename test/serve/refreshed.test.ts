import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/graph/manifest.js';
import { studyRecord } from '../graph/storeFixture.js';
import { raw, reportOf, serve } from './serviceFixture.js';

const BROWSER = { accept: 'text/html' };

describe('a service over a record that changes', () => {
  it('asks for the newer record before it answers, and shows its manifest', async () => {
    let manifest: Manifest = (await studyRecord()).manifest;
    const record = {
      get manifest() {
        return manifest;
      },
      refresh: async () => {
        manifest = { ...manifest, source: `${manifest.source} anew` };
      },
    };
    const served = await serve(undefined, { record });
    const { source } = manifest;
    expect((await raw(served.url, { headers: BROWSER })).body).toContain(`${source} anew`);
    expect((await raw(served.url, { headers: BROWSER })).body).toContain(`${source} anew anew`);
    await served.close();
  });
});

describe('an audit with more results than it lists', () => {
  it('is no CSV that is cut, but a problem that says what to do', async () => {
    const served = await serve(undefined, { audit: async () => ({ ...reportOf(), resultsOmitted: 7 }) });
    const { status, headers, body } = await raw(`${served.url}/audit.csv`);
    expect(status).toBe(501);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['content-disposition']).toBeUndefined();
    expect(JSON.parse(body)).toMatchObject({ code: 'too-large', detail: expect.stringContaining('7 of its results') });
    expect((await raw(`${served.url}/audit`, { headers: BROWSER })).body).toContain('7 further results');
    await served.close();
  });
});
