import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences } from '../../support/omeroWeb/compareRecords.js';
import { logIn, type StandInClient } from '../../support/omeroWeb/client.js';
import { generateOmero, READER } from '../../support/omeroWeb/generate.js';
import { force, type ServerRows } from '../../support/omeroWeb/rows.js';
import { startOmeroWeb, type OmeroWebServer } from '../../support/omeroWeb/server.js';
import { openStore } from '../../support/omeroWeb/store.js';
import { type Truth, truthOf } from '../../support/omeroWeb/truth.js';
import { facts } from '../../support/omeroWeb/truthFacts.js';

const written = (rows: ServerRows): string =>
  JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'function' ? force(value as () => object) : typeof value === 'bigint' ? String(value) : value,
  );

describe('a generated server', () => {
  it('is the same for the same options, and another for another seed', () => {
    expect(written(generateOmero())).toBe(written(generateOmero()));
    expect(written(generateOmero({ seed: 2 }))).not.toBe(written(generateOmero()));
  });

  it('links annotations only inside their group', () => {
    const rows = generateOmero();
    const groups = new Map(rows.annotations.map(({ id, group }) => [id, group]));
    const images = new Map(rows.images.map(({ id, group }) => [id, group]));
    for (const link of rows.annotationLinks.filter(({ parentType }) => parentType === 'Image'))
      expect(groups.get(link.annotation), `link ${link.id}`).toBe(images.get(link.parent));
  });

  it('has ids above 2^53 when asked, each another number', () => {
    const { images } = generateOmero({ bigIds: true });
    expect(images.every(({ id }) => id > 2 ** 53)).toBe(true);
    expect(new Set(images.map(({ id }) => id)).size).toBe(images.length);
  });

  it('holds every class of annotation, and pairs that are repeated, empty or odd', () => {
    const { annotations } = generateOmero({ imagesPerDataset: 60, oddOneIn: 2 });
    expect(new Set(annotations.map((row) => row.class)).size).toBe(11);
    const pairs = annotations.flatMap((row) => (row.class === 'MapAnnotationI' ? [force(row.values)] : []));
    expect(pairs.some((value) => value.length === 0)).toBe(true);
    expect(pairs.some((value) => value.some(([key, text]) => key === '' && text === ''))).toBe(true);
    expect(pairs.some((value) => new Set(value.map(([key]) => key)).size < value.length)).toBe(true);
    expect(pairs.some((value) => value.some(([key]) => key.includes('"') || key.includes('🔬')))).toBe(true);
  });
});

describe('the truth about a server', () => {
  const rows = generateOmero();

  it('counts what a member of all groups sees, without the private group', () => {
    const { counts } = truthOf(rows);
    // Two of three projects lie in visible groups; a dataset, and the images in it, have no project.
    expect(counts).toMatchObject({
      Project: 2,
      Dataset: 5,
      Screen: 1,
      Plate: 3,
      Well: 18,
      Experimenter: 2,
      ExperimenterGroup: 2,
    });
    expect(counts.Image).toBe(4 * 7 + 2 + 2 + 18 * 2);
  });

  it('holds the private group for nobody but who names it and may read it', () => {
    const named = { groups: { allow: ['private 2', 'lab 0'] } };
    expect(truthOf(rows, { policy: named }).counts).toMatchObject({ Project: 1 });
    expect(truthOf(rows, { policy: named, user: 0 }).counts).toMatchObject({ Project: 2 });
    expect(truthOf(rows, { user: 0 }).counts).toMatchObject({ Project: 2 });
  });

  it('leaves out owners who are denied, with what they wrote on the things of others', () => {
    const owner = rows.projects[0]?.owner;
    const said = [...truthOf(rows, { policy: { owners: { deny: [String(owner)] } } }).facts()].join('\n');
    expect(said).not.toContain(`Experimenter:${owner}\t`);
    expect(said).not.toContain('object\tProject:1\t');
    expect(said).not.toContain('shared protocol');
    expect(said).toContain('object\tProject:2\t');
  });

  it('tells what is missing from what is wrong', () => {
    const truth: Truth = { counts: {}, facts: () => [facts.in('Image:1', 'Dataset:2')] };
    expect(differences(new Set([facts.in('Image:1', 'Dataset:3')]), truth)).toEqual([
      '- in\tImage:1\tDataset:2',
      '+ in\tImage:1\tDataset:3',
    ]);
  });
});

describe('the generated server over HTTP', () => {
  const rows = generateOmero({ seed: 7 });
  let server: OmeroWebServer;
  let client: StandInClient;
  beforeAll(async () => {
    server = await startOmeroWeb(openStore(rows));
    client = await logIn(server.url, READER);
  });
  afterAll(() => server.close());

  interface Listed {
    readonly data: readonly { readonly '@id': number; readonly Name?: string }[];
    readonly meta: { readonly totalCount: number };
  }
  const list = (path: string): Promise<Listed> => client.json<Listed>(`api/v0/m/${path}`);

  it('lists the objects that the truth counts', async () => {
    const { counts } = truthOf(rows);
    for (const [path, type] of [
      ['projects/', 'Project'],
      ['datasets/', 'Dataset'],
      ['images/', 'Image'],
      ['screens/', 'Screen'],
      ['plates/', 'Plate'],
      ['wells/', 'Well'],
    ] as const) {
      const { meta } = await list(path);
      expect([path, meta.totalCount]).toEqual([path, counts[type]]);
    }
  });

  it('tells a pair, its namespace and its carrier as the truth has them', async () => {
    const truth = new Set([...truthOf(rows, { tables: false }).facts()]);
    const carried = [...truth].filter((line) => /^carries\t[A-Za-z]+:\d+\tMapAnnotation:/.test(line));
    const said = new Set<string>();
    const ask = async (type: string, parameter: string, ids: readonly number[]): Promise<void> => {
      const query = ids.map((id) => `${parameter}=${id}`).join('&');
      const { annotations } = await client.json<{ annotations: readonly Entry[] }>(
        `webclient/api/annotations/?type=map&${query}`,
      );
      for (const { id, ns, description, owner, values, link } of annotations) {
        const ref = `MapAnnotation:${id}`;
        said.add(facts.carries(`${type}:${link.parent.id}`, ref));
        const fact = facts.annotation(
          ref,
          ns ?? undefined,
          description ?? undefined,
          `Experimenter:${owner.id}`,
          values,
        );
        expect(truth, fact).toContain(fact);
      }
    };
    const ids = (table: readonly { readonly id: number }[]): number[] => table.map(({ id }) => id);
    await ask('Image', 'image', ids(rows.images));
    await ask('Project', 'project', ids(rows.projects));
    await ask('Dataset', 'dataset', ids(rows.datasets));
    await ask('Screen', 'screen', ids(rows.screens));
    await ask('Plate', 'plate', ids(rows.plates));
    await ask('PlateAcquisition', 'acquisition', ids(rows.plateAcquisitions));
    await ask('Well', 'well', ids(rows.wells));
    expect([...said].sort()).toEqual(carried.sort());
  });
});

interface Entry {
  readonly id: number;
  readonly ns: string | null;
  readonly description: string | null;
  readonly owner: { readonly id: number };
  readonly values: readonly (readonly [string, string])[];
  readonly link: { readonly parent: { readonly id: number } };
}
