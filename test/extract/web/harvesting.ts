import { harvestUnit, retryFailed } from '../../../src/extract/web/harvestUnit.js';
import type { FailedObject } from '../../../src/extract/web/harvestLine.js';
import type { Part } from '../../../src/extract/web/parts.js';
import { readServerMap, type ServerMap } from '../../../src/extract/web/serverMap.js';
import { unitsOf } from '../../../src/extract/web/units.js';
import { realClock } from '../../../src/extract/web/webClock.js';
import { openWebSession } from '../../../src/extract/web/webSession.js';
import type { VisibilityPolicy } from '../../../src/extract/visibility.js';
import type { Finding } from '../../../src/findings.js';
import type { ObjectRef, OmeObject, OmeRecord } from '../../../src/ome/model.js';
import { READER } from '../../support/omeroWeb/generate.js';
import type { Interceptor } from '../../support/omeroWeb/intercept.js';
import type { ServerRows } from '../../support/omeroWeb/rows.js';
import { startOmeroWeb } from '../../support/omeroWeb/server.js';
import type { OmeroWebOptions } from '../../support/omeroWeb/serverOptions.js';
import { openStore } from '../../support/omeroWeb/store.js';

/** How a stand-in server is harvested. */
export interface HarvestSetting {
  readonly roots?: readonly string[];
  readonly policy?: VisibilityPolicy;
  readonly parts?: readonly Part[];
  readonly intercept?: Interceptor;
  readonly server?: OmeroWebOptions;
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Takes part between the map and the harvest. */
  readonly between?: (map: ServerMap) => void;
}

/** What the harvest of a stand-in server said. */
export interface Harvested {
  readonly map: ServerMap;
  readonly records: readonly OmeRecord[];
  readonly findings: readonly Finding[];
  /** `code focus` of each finding. */
  readonly codes: readonly string[];
  readonly failed: readonly FailedObject[];
  /** Path and query of each request after the login. */
  readonly requests: readonly string[];
  /** Objects by ref, the records of each put together. */
  object<T extends OmeObject['type']>(ref: `${T}:${string}`): (OmeObject & { readonly type: T }) | undefined;
  readonly refs: readonly string[];
  /** Containers by ref of objects and annotations. */
  readonly where: Readonly<Record<string, string>>;
  readonly parents: Readonly<Record<string, readonly string[]>>;
  /** Annotations by what carries them. */
  readonly carried: Readonly<Record<string, readonly string[]>>;
}

/** Harvests rows of a stand-in server as the reader, all units and then what failed. Nobody waits. */
export async function harvest(rows: ServerRows, setting: HarvestSetting = {}): Promise<Harvested> {
  const server = await startOmeroWeb(openStore(rows), {
    ...setting.server,
    ...(setting.intercept && { intercept: setting.intercept }),
  });
  const session = await openWebSession(
    {
      url: server.url,
      credentials: setting.credentials ?? { username: READER.userName, password: READER.password },
      userAgent: 'omegraph-test',
    },
    { ...realClock, pause: () => Promise.resolve() },
  ).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  try {
    const start = server.log.length;
    const findings: Finding[] = [];
    const records: OmeRecord[] = [];
    const failed: FailedObject[] = [];
    const map = await readServerMap(session, (setting.roots ?? []) as readonly ObjectRef[], setting.policy, {
      name: 'the stand-in',
      onFinding: (f) => findings.push(f),
    });
    setting.between?.(map);
    const hear = async (lines: ReturnType<typeof harvestUnit>): Promise<void> => {
      for await (const line of lines) {
        const copy = JSON.parse(JSON.stringify(line)) as typeof line;
        if ('record' in copy) records.push(copy.record);
        else if ('finding' in copy) findings.push(copy.finding);
        else failed.push(copy.failed);
      }
    };
    const options = { ...(setting.parts && { parts: setting.parts }) };
    for (const unit of unitsOf(map)) await hear(harvestUnit(session, map, unit, options));
    for (const { retry } of [...failed]) await hear(retryFailed(session, map, retry, options));
    return {
      map,
      findings,
      failed,
      requests: server.log.slice(start).map(({ path }) => path),
      ...view(records, findings),
    };
  } finally {
    await session.close();
    await server.close();
  }
}

function view(records: readonly OmeRecord[], findings: readonly Finding[]) {
  const where = new Map<string, Set<string>>();
  const parents = new Map<string, Set<string>>();
  const carried = new Map<string, Set<string>>();
  const objects = new Map<string, OmeObject>();
  const add = (to: Map<string, Set<string>>, key: string, values: readonly string[]): void =>
    void to.set(key, new Set([...(to.get(key) ?? []), ...values]));
  for (const record of records) {
    add(where, record.kind === 'object' ? record.object.ref : record.annotation.ref, record.containers);
    if (record.kind === 'object') {
      objects.set(record.object.ref, { ...objects.get(record.object.ref), ...record.object } as OmeObject);
      add(parents, record.object.ref, record.parents);
    } else for (const target of record.targets) add(carried, target, [record.annotation.ref]);
  }
  const sorted = (map: Map<string, Set<string>>) =>
    Object.fromEntries([...map].map(([key, values]) => [key, [...values].sort()]));
  return {
    records,
    codes: findings.map((f) => `${f.code} ${f.focus}`),
    object: <T extends OmeObject['type']>(ref: `${T}:${string}`) =>
      objects.get(ref) as (OmeObject & { readonly type: T }) | undefined,
    refs: [...objects.keys()],
    where: Object.fromEntries(Object.entries(sorted(where)).map(([ref, set]) => [ref, set.join(' ')])),
    parents: sorted(parents),
    carried: sorted(carried),
  };
}
