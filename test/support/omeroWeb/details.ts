import { textJson } from './pythonJson.js';
import type { ExternalInfoRow, GroupRow, Perm, UserRow } from './rows.js';
import type { Store } from './store.js';
import type { Rights, Viewer } from './viewer.js';

/** Namespace of `@type` for classes of the OME schema. */
export const OME = 'http://www.openmicroscopy.org/Schemas/OME/2016-06#';

/** Texts of `omero:details` for one viewer, kept: the same few occur in every answer. */
export interface Details {
  /** Of a data object; normalised: owner and group as ids only. */
  ofData(group: number, owner: number, normalised: boolean, externalInfo?: ExternalInfoRow): string;
  ofEnum(): string;
  user(row: UserRow, urls: string): string;
  group(row: GroupRow, urls: string): string;
}

/** Details as a viewer sees them. */
export function detailsFor(store: Store, viewer: Viewer): Details {
  return store.kept(`details ${viewer.id}`, () => makeDetails(store, viewer));
}

function makeDetails(store: Store, viewer: Viewer): Details {
  const system: Rights = { canAnnotate: true, canDelete: viewer.isAdmin, canEdit: viewer.isAdmin, canLink: true };
  const systemDetails = (perm: Perm): string => `{"@type": "TBD#Details", "permissions": ${permissions(perm, system)}}`;
  const enumDetails = systemDetails('rwr-r-');
  const user = (row: UserRow, urls: string): string =>
    `{"@type": "${OME}Experimenter", "@id": ${row.id}, "omero:details": ${systemDetails('rw----')}` +
    member('FirstName', row.firstName) +
    member('MiddleName', row.middleName) +
    member('LastName', row.lastName) +
    member('Email', row.email) +
    member('Institution', row.institution) +
    `${member('UserName', row.userName)}${urls}}`;
  const group = (row: GroupRow, urls: string): string =>
    `{"@type": "${OME}ExperimenterGroup", "@id": ${row.id}, "omero:details": ${systemDetails(row.perm)}` +
    `${member('Description', row.description)}${member('Name', row.name)}${urls}}`;
  const external = (info: ExternalInfoRow): string =>
    `, "externalInfo": {"@type": "TBD#ExternalInfo", "@id": ${info.id}, "omero:details": ${enumDetails}, ` +
    `"EntityId": ${info.entityId}, "EntityType": ${textJson(info.entityType)}` +
    `${member('Lsid', info.lsid)}${member('Uuid', info.uuid)}}`;
  const heads = new Map<string, string>();
  const head = (groupId: number, owner: number, normalised: boolean): string => {
    const key = `${groupId} ${owner} ${normalised}`;
    const known = heads.get(key);
    if (known !== undefined) return known;
    const groupRow = store.byId('groups', groupId);
    const userRow = store.byId('users', owner);
    const ownerText = normalised || userRow === undefined ? `{"@id": ${owner}}` : user(userRow, '');
    const groupText = normalised || groupRow === undefined ? `{"@id": ${groupId}}` : group(groupRow, '');
    const rights = permissions(groupRow?.perm ?? 'rw----', viewer.rights(groupId, owner));
    const text = `{"@type": "TBD#Details", "owner": ${ownerText}, "group": ${groupText}, "permissions": ${rights}`;
    heads.set(key, text);
    return text;
  };
  return {
    ofData: (groupId, owner, normalised, info) =>
      `${head(groupId, owner, normalised)}${info === undefined ? '' : external(info)}}`,
    ofEnum: () => enumDetails,
    user,
    group,
  };
}

const member = (key: string, value: string | undefined): string =>
  value === undefined ? '' : `, "${key}": ${textJson(value)}`;

function permissions(perm: Perm, rights: Rights): string {
  const bits = [
    ['canAnnotate', rights.canAnnotate],
    ['canDelete', rights.canDelete],
    ['canEdit', rights.canEdit],
    ['canLink', rights.canLink],
    ['isWorldWrite', perm[5] === 'w'],
    ['isWorldRead', perm[4] === 'r'],
    ['isGroupWrite', perm[3] === 'w'],
    ['isGroupRead', perm[2] === 'r'],
    ['isGroupAnnotate', perm[3] === 'a'],
    ['isUserWrite', perm[1] === 'w'],
    ['isUserRead', perm[0] === 'r'],
  ] as const;
  return `{"@type": "TBD#Permissions", "perm": "${perm}", ${bits.map(([name, bit]) => `"${name}": ${bit}`).join(', ')}}`;
}
