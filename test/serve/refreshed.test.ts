import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/graph/manifest.js';
import { studyRecord } from '../graph/storeFixture.js';
import { raw, serve } from './serviceFixture.js';

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
