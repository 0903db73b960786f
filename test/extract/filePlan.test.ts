import { afterEach, describe, expect, it } from 'vitest';
import { fileSource } from '../../src/extract/fileSource.js';
import { folderWith } from './reading.js';

const XML = `<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
<Project ID="Project:1" Name="Heart"><ExperimenterRef ID="Experimenter:2"/><ExperimenterGroupRef ID="ExperimenterGroup:3"/><DatasetRef ID="Dataset:1"/></Project>
<Dataset ID="Dataset:1"><ImageRef ID="Image:0"/><ImageRef ID="Image:1"/></Dataset>
<Experimenter ID="Experimenter:2" FirstName="Ada" LastName="Lovelace" UserName="ada"/>
<ExperimenterGroup ID="ExperimenterGroup:3" Name="lab"/>
${[0, 1, 2].map((n) => `<Image ID="Image:${n}" Name="i${n}"><ExperimenterRef ID="Experimenter:2"/><ExperimenterGroupRef ID="ExperimenterGroup:3"/></Image>`).join('')}
</OME>`;

let remove: () => Promise<void>;
afterEach(() => remove());

describe('the plan of an export of files', () => {
  it('counts what would be published, with names but without logins, and costs nothing', async () => {
    const folder = await folderWith({ 'a.ome.xml': XML });
    remove = folder.remove;
    const plan = await fileSource([folder.path]).plan?.([], { onFinding: () => {} });
    expect(plan).toMatchObject({ requests: 0, seconds: 0, parts: [] });
    expect(plan?.containers.map(({ label, group, owner, images }) => [label, group, owner, images])).toEqual([
      ['Heart', 'lab', 'Ada Lovelace', 2],
      [undefined, undefined, undefined, 1],
    ]);
    expect(plan?.groups).toMatchObject([{ name: 'lab', containers: 1, images: 2, visible: true }]);
    expect(JSON.stringify(plan)).not.toContain('"ada"');
  });

  it('leaves out what the policy forbids', async () => {
    const folder = await folderWith({ 'a.ome.xml': XML });
    remove = folder.remove;
    const source = fileSource([folder.path], { visibility: { groups: { deny: ['lab'] } } });
    expect((await source.plan?.([], { onFinding: () => {} }))?.containers).toEqual([]);
  });

  it('refuses a root that is not there', async () => {
    const folder = await folderWith({ 'a.ome.xml': XML });
    remove = folder.remove;
    await expect(fileSource([folder.path]).plan?.(['Project:99'], { onFinding: () => {} })).rejects.toThrow(
      'Project:99',
    );
  });
});
