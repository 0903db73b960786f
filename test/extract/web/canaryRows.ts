import type { AnnotationRow, ServerRows } from '../../support/omeroWeb/rows.js';
import { studyRows } from './sameStudyRows.js';

/** An administrator, who sees the private groups of all. */
export const ROOT = { username: 'CANARY-always-root', password: 'CANARY-always-root-password' };
/** Leads the private group, so that the server shows it, and is a member of all others. */
export const READER = { username: 'CANARY-always-reader', password: 'CANARY-always-reader-password' };
export const DENIED_GROUP = 'denied group';
/** Login and full name of the person that policies deny. */
export const DENIED_OWNER = { login: 'CANARY-always-mallory', name: 'Mallory CANARY-owner-last' };

const [ADA, MALLORY, READER_ID] = [2, 5, 9];
const [LAB, PRIVATE, DENIED] = [4, 6, 7];
const at = Date.UTC(2024, 0, 1);

/**
 * The study among things that must not be published. Their names say when: `CANARY-always-…` never, `CANARY-private-…` unless the
 * private group is named, `CANARY-group-…` when its group is denied, `CANARY-owner-…` when its owner is.
 */
export function canaryRows(): ServerRows {
  const rows = studyRows();
  const by = (canary: 'private' | 'group' | 'owner') =>
    canary === 'private'
      ? { owner: ADA, group: PRIVATE }
      : canary === 'group'
        ? { owner: ADA, group: DENIED }
        : { owner: MALLORY, group: LAB };
  const pixels = (id: number) => ({
    ...{ id, type: 'uint8', sizeX: 1, sizeY: 1, sizeZ: 1, sizeC: 1, sizeT: 1 },
    channels: [{ id, logicalChannel: id, name: `CANARY-x-channel-${id}` }],
  });
  rows.users = rows.users.map((user) => ({
    ...user,
    userName: `CANARY-always-${user.userName}`,
    email: 'CANARY-always@example.org',
    ...(user.id === READER_ID && { userName: READER.username, password: READER.password }),
  }));
  rows.users.push(
    {
      id: MALLORY,
      userName: DENIED_OWNER.login,
      firstName: 'Mallory',
      lastName: 'CANARY-owner-last',
      institution: 'CANARY-owner-institute',
    },
    { id: 0, userName: ROOT.username, password: ROOT.password, firstName: 'Root', lastName: 'Root', isAdmin: true },
  );
  for (const group of rows.groups) if (group.id === LAB) group.members.push(MALLORY);
  rows.groups.push(
    {
      id: PRIVATE,
      name: 'private group',
      description: 'CANARY-private-group',
      perm: 'rw----',
      members: [ADA, READER_ID],
      leaders: [READER_ID],
    },
    { id: DENIED, name: DENIED_GROUP, description: 'CANARY-group-group', perm: 'rwra--', members: [ADA, READER_ID] },
  );

  let id = 9000;
  const next = (): number => (id += 1);
  const annotate = (
    parentType: ServerRows['annotationLinks'][number]['parentType'],
    parent: number,
    owner: number,
    group: number,
    linkOwner: number,
    value: (text: (what: string) => string) => Omit<AnnotationRow, 'id' | 'owner' | 'group' | 'date'>,
    canary: string,
  ): number => {
    const annotation = next();
    rows.annotations.push({
      ...value((what) => `CANARY-${canary}-${what}`),
      id: annotation,
      owner,
      group,
      date: at,
    } as AnnotationRow);
    rows.annotationLinks.push({ id: next(), parentType, parent, annotation, owner: linkOwner, date: at });
    return annotation;
  };
  const map = (text: (what: string) => string) =>
    ({
      class: 'MapAnnotationI',
      ns: text('ns'),
      description: text('about'),
      values: [[text('key'), text('value')]],
    }) as const;
  const tag = (text: (what: string) => string) => ({ class: 'TagAnnotationI', textValue: text('tag') }) as const;
  const file = (canary: string, name: string): number => {
    const fileId = next();
    rows.files.push({
      id: fileId,
      name,
      path: `/home/CANARY-always-path/`,
      size: 1,
      mimetype: `application/CANARY-${canary}-type`,
    });
    return fileId;
  };

  for (const canary of ['private', 'group', 'owner'] as const) {
    const own = by(canary);
    const text = (what: string): string => `CANARY-${canary}-${what}`;
    const named = (what: string) => ({ ...own, name: text(what), description: text(`${what}-text`) });
    const [project, dataset, screen, plate] = [next(), next(), next(), next()];
    rows.projects.push({ id: project, ...named('project') });
    rows.datasets.push({ id: dataset, ...named('dataset') });
    // The same dataset lies in a project that is published, and one that is published in theirs.
    for (const [parent, child] of [
      [project, dataset],
      [101, dataset],
      [project, 201],
    ] as const)
      rows.projectDatasets.push({ id: next(), parent, child, owner: own.owner });
    const images = [next(), next(), next()];
    for (const image of images) {
      rows.images.push({
        id: image,
        ...named('image'),
        importDate: at,
        fileset: image,
        externalInfo: { id: next(), entityId: image, entityType: 'x', lsid: text('lsid'), uuid: text('uuid') },
        pixels: { ...pixels(next()), channels: [{ id: next(), logicalChannel: next(), name: text('channel') }] },
      });
      rows.filesets.push({
        id: image,
        repo: [`CANARY-always_2/2024-01/01/00-00-00.000/${text('file')}`],
        client: [`home/CANARY-always/${text('client')}`],
      });
      rows.rois.push({
        id: next(),
        ...own,
        image,
        name: text('roi'),
        shapes: [{ id: next(), type: 'Point', x: 1, y: 1, text: text('shape') }],
      });
    }
    const [inTheirs, inVisible] = images;
    rows.datasetImages.push({ id: next(), parent: dataset, child: inTheirs ?? 0, owner: own.owner });
    rows.datasetImages.push({ id: next(), parent: 201, child: inVisible ?? 0, owner: own.owner });
    rows.datasetImages.push({ id: next(), parent: dataset, child: 302, owner: own.owner });
    rows.rois.push({ id: next(), ...own, image: 301, name: text('roi-on-visible'), shapes: [] });
    rows.screens.push({ id: screen, ...named('screen'), protocolDescription: text('protocol') });
    rows.plates.push({ id: plate, ...named('plate') });
    rows.screenPlates.push({ id: next(), parent: screen, child: plate, owner: own.owner });
    rows.screenPlates.push({ id: next(), parent: 401, child: plate, owner: own.owner });
    const runs = [next(), next()] as const;
    rows.plateAcquisitions.push({ id: runs[0], ...named('run'), plate }, { id: runs[1], ...named('run'), plate: 411 });
    const fields = [next(), next(), next()] as const;
    fields.forEach((image, i) =>
      rows.images.push({ id: image, ...named(`field-${i}`), importDate: at, pixels: pixels(next()) }),
    );
    rows.images.slice(-3).forEach((image) => {
      image.pixels = { ...pixels(next()), channels: [{ id: next(), logicalChannel: next(), name: text('channel') }] };
    });
    rows.wells.push(
      {
        id: next(),
        ...own,
        plate,
        column: 0,
        row: 0,
        externalDescription: text('well'),
        samples: [{ id: next(), image: fields[0], plateAcquisition: runs[0] }],
      },
      {
        id: next(),
        ...own,
        plate: 411,
        column: 2,
        row: 0,
        externalIdentifier: text('well'),
        samples: [{ id: next(), image: fields[1], plateAcquisition: runs[1] }],
      },
    );
    rows.wells
      .find((well) => well.id === 431)
      ?.samples.push({ id: next(), image: fields[2], plateAcquisition: runs[1] });

    // Annotations of theirs on theirs, and what hangs on what is published.
    for (const [type, object] of [
      ['Project', project],
      ['Dataset', dataset],
      ['Image', inTheirs ?? 0],
      ['Screen', screen],
      ['Plate', plate],
      ['PlateAcquisition', runs[0]],
    ] as const)
      annotate(type, object, own.owner, own.group, own.owner, map, canary);
    annotate('Dataset', dataset, own.owner, own.group, own.owner, tag, canary);
    annotate(
      'Dataset',
      dataset,
      own.owner,
      own.group,
      own.owner,
      (t) => ({ class: 'FileAnnotationI', ns: t('file'), file: file(canary, t('attached.pdf')) }),
      canary,
    );
    // Rows of a table that is published name images that are not.
    const table = rows.tables[0];
    if (table !== undefined) {
      const before = table.row;
      const at2 = table.rowCount;
      table.row = (index) => (index === at2 ? [inVisible ?? 0, text('row-of-hidden-image')] : before(index));
      table.rowCount += 1;
    }
  }

  // Mallory's on what is published.
  for (const [type, object] of [
    ['Project', 101],
    ['Dataset', 201],
    ['Image', 301],
    ['Screen', 401],
    ['Plate', 411],
    ['PlateAcquisition', 421],
    ['Well', 431],
  ] as const) {
    annotate(type, object, MALLORY, LAB, MALLORY, map, 'owner');
    annotate(type, object, MALLORY, LAB, ADA, map, 'owner');
    annotate(type, object, ADA, LAB, MALLORY, map, 'owner');
  }
  const theirTag = annotate('Image', 301, ADA, LAB, MALLORY, tag, 'owner');
  const set: AnnotationRow = {
    id: next(),
    owner: MALLORY,
    group: LAB,
    date: at,
    ns: 'openmicroscopy.org/omero/insight/tagset',
    class: 'TagAnnotationI',
    textValue: 'CANARY-owner-set',
    description: 'CANARY-owner-set-text',
  };
  rows.annotations.push(set);
  for (const child of [1003, theirTag]) rows.tagSets.push({ id: next(), parent: set.id, child, owner: MALLORY });
  const bulk = file('owner', 'CANARY-owner-table');
  annotate(
    'Dataset',
    201,
    MALLORY,
    LAB,
    MALLORY,
    () => ({ class: 'FileAnnotationI', ns: 'openmicroscopy.org/omero/bulk_annotations', file: bulk }),
    'owner',
  );
  rows.tables.push({
    file: bulk,
    columns: [
      { name: 'Image', type: 'ImageColumn' },
      { name: 'CANARY-owner-column', type: 'StringColumn' },
    ],
    rowCount: 1,
    row: () => [301, 'CANARY-owner-cell'],
  });
  annotate(
    'Image',
    301,
    ADA,
    LAB,
    ADA,
    () => ({ class: 'FileAnnotationI', file: file('always', '/home/CANARY-always-home/visible.pdf') }),
    'always',
  );
  for (const one of rows.files) if (one.mimetype?.includes('CANARY-always') === true) one.mimetype = 'application/pdf';
  rows.filesets = rows.filesets.map((fileset) =>
    fileset.id === 901
      ? {
          ...fileset,
          repo: [
            'CANARY-always-ada_2/2023-11/14/22-13-20.000/cell_001.czi',
            'CANARY-always-grace_3/2023-11/14/22-13-21.000/cell_001.ini',
          ],
          client: ['Users/CANARY-always-ada/cell_001.czi'],
        }
      : fileset.id === 902
        ? {
            ...fileset,
            repo: ['CANARY-always-grace_3/2023-11/14/22-13-20.000/orphan.tif'],
            client: ['home/CANARY-always/orphan.tif'],
          }
        : fileset,
  );
  return rows;
}

/** What a text holds of what it must not. */
export function canariesIn(text: string, forbidden: readonly string[]): readonly string[] {
  return [...new Set(text.match(/CANARY-[a-z]+[\w-]*/g) ?? [])].filter((canary) =>
    forbidden.some((kind) => canary.startsWith(`CANARY-${kind}`)),
  );
}

/** The IRIs of objects that bear such a canary in their names, below the base of an export. */
export function hiddenObjects(forbidden: readonly string[]): readonly string[] {
  const rows = canaryRows();
  const lists = {
    ...{ Project: rows.projects, Dataset: rows.datasets, Image: rows.images, Screen: rows.screens, Plate: rows.plates },
    ...{ PlateAcquisition: rows.plateAcquisitions, ROI: rows.rois },
  };
  return Object.entries(lists).flatMap(([type, list]) =>
    list
      .filter(({ name = '' }) => forbidden.some((kind) => name.startsWith(`CANARY-${kind}`)))
      .map(({ id }) => `/${type}/${id}>`),
  );
}
