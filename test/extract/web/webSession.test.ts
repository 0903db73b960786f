import { afterEach, describe, expect, it } from 'vitest';
import { openWebSession } from '../../../src/extract/web/webSession.js';
import { GOLDEN_PASSWORD, goldenStore } from '../../support/omeroWeb/goldenStore.js';
import { type OmeroWebServer, startOmeroWeb } from '../../support/omeroWeb/server.js';

const ADA = { username: 'ada', password: GOLDEN_PASSWORD };
const userAgent = 'omegraph/0 (+https://example.org)';
let server: OmeroWebServer;
afterEach(() => server.close());

describe('a session of OMERO.web', () => {
  it('logs in, reads and logs out', async () => {
    server = await startOmeroWeb(goldenStore());
    const session = await openWebSession({ url: server.url, credentials: ADA, userAgent });
    expect(session.user).toEqual({
      id: 2,
      name: 'ada',
      isAdmin: false,
      memberOfGroups: [1, 3, 4],
      leaderOfGroups: [4],
    });
    expect(await session.get('api/v0/m/projects/', [['limit', 0]])).toMatchObject({
      data: [],
      meta: { totalCount: 2 },
    });
    expect(server.openSessions).toBe(1);
    await session.close();
    expect(server.openSessions).toBe(0);
  });
});
