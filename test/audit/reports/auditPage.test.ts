import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StoredAudit } from '../../../src/audit/model.js';
import { auditHtml } from '../../../src/audit/reports/auditHtml.js';
import { syntheticAudit } from '../syntheticAudit.js';
import { readCsv, written } from './reading.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) =>
  existsSync(p),
);
const audit = syntheticAudit({ containers: 10, datasets: 3, images: 400 });
const { report } = audit;

describe.skipIf(executablePath === undefined)('the HTML report in a browser (needs Chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'omegraph-page-'));
  let browser: Browser;
  let page: Page;
  const trouble: string[] = [];
  let files = 0;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (m) => trouble.push(m.text()));
    page.on('request', (r) => {
      if (!/^(?:file|data|blob):/.test(r.url())) trouble.push(r.url());
    });
    await open(audit);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => expect(trouble).toEqual([]));

  let address = '';
  async function open(stored: StoredAudit, hash = '', rows?: number): Promise<void> {
    const file = join(folder, `${(files += 1)}.html`);
    writeFileSync(file, await written(auditHtml, stored, { rows }));
    address = pathToFileURL(file).href;
    await page.goto(address + hash);
    await page.waitForSelector('html[data-ready]');
  }
  const look = async (hash: string): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(address + hash);
    await page.waitForSelector('html[data-ready]');
  };
  const texts = (selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .allInnerTexts()
      .then((all) => all.map((t) => t.replace(/\s+/g, ' ').trim()));
  const status = async (expected: RegExp): Promise<void> =>
    expect
      .poll(() => page.textContent('#looking').then((t) => (t ?? '').replace(/[\u00a0\u202f]/g, ' ')), {
        timeout: 10_000,
      })
      .toMatch(expected);
  const matching = (field: number, letters: string, container?: string): Promise<number> =>
    count(audit, (o) => letters.includes(o.statuses[field] ?? ' '), container);

  it('shows completeness, statuses, results and modules', async () => {
    expect(await page.title()).toBe('REMBI audit · 2026-03-01');
    expect((await texts('.big'))[0]).toBe(`${Math.round((report.server.completeness ?? 0) * 100)} % complete`);
    expect(await texts('.by-module .module')).toEqual(report.modules);
    expect((await texts('.stack li')).length).toBe(6);
    expect((await texts('.overview .tiles li'))[1]).toMatch(/^[\d ]+ ■ violations$/);
    expect((await texts('.notice'))[0]).toContain(
      'Partial. 1 container with 12 images could not be audited: Archive of 2016',
    );
  });

  it('has a heat map of groups and fields, with a number in each cell', async () => {
    expect((await texts('.map tbody th')).sort()).toEqual(report.groups.map((g) => g.label).sort());
    expect(await texts('.map .field-row th')).toEqual(['Group', 'Images', 'All', ...report.fields.map((f) => f.label)]);
    const [first] = [...report.groups].sort((a, b) => (a.completeness ?? 2) - (b.completeness ?? 2));
    const shares = first!.counts.map(([f = 0, i = 0, g = 0, m = 0, x = 0]) =>
      f + i + g + m + x === 0 ? null : (f + i + g) / (f + i + g + m + x),
    );
    const cells = (await texts('.map tbody tr:first-child td')).slice(2);
    expect(cells.map((c) => (/\d/.test(c) ? Number(c) : null))).toEqual(
      shares.map((s) =>
        s === null ? null : s > 0 && s < 1 ? Math.min(99, Math.max(1, Math.round(s * 100))) : s * 100,
      ),
    );
  });

  it('changes rows and columns, and goes back', async () => {
    await look('');
    await page.check('input[name=by][value=containers]');
    await expect.poll(() => page.locator('.map tbody tr').count()).toBe(10);
    await page.check('input[name=cols][value=modules]');
    await expect.poll(() => page.locator('.map thead th').count()).toBe(3 + report.modules.length);
    expect(await page.evaluate('document.activeElement.value')).toBe('modules');
    await page.goBack();
    await expect.poll(() => page.locator('.map .field-row').count()).toBe(1);
  });

  it('drills down from a group to a container, a dataset and an image with its fields', async () => {
    await look('');
    const group = report.containers[0]!.group!;
    await page.click(`.map th bdi:text-is("${group}")`);
    await expect.poll(() => texts('.crumbs li')).toEqual(['Everything', group]);
    await page.click('.map th a:has-text("Spindle assembly in HeLa cells")');
    await expect.poll(() => page.locator('.map tbody tr').count()).toBe(3);
    expect((await texts('.crumbs li'))[2]).toMatch(/^Spindle assembly in HeLa cells Project:51/);
    await page.click('.map th bdi:text-is("2024-02 replicate 2")');
    await status(/^\d+ objects match/);
    expect((await texts('#objects-title'))[0]).toBe('Images in 2024-02 replicate 2');
    await page.click('.objects tr:has-text("Image:") .toggle >> nth=0');
    expect(await page.getAttribute('.objects tr:has-text("Image:") .toggle >> nth=0', 'aria-expanded')).toBe('true');
    const fields = await texts('.details .fields tbody tr:has-text("missing")');
    expect(fields[0]).toMatch(/ missing ■ violation .* is missing; add a key-value pair/);
    expect(await page.getAttribute('.objects tr:has-text("Image:") a.out >> nth=0', 'href')).toMatch(
      /^https:\/\/omero\.example\.org\/webclient\/\?show=image-\d+$/,
    );
  });

  it('opens the images that lack a field from its cell', async () => {
    await look('#by=containers');
    const field = report.fields.findIndex((f) => f.label === 'Organism');
    const at = report.containers.findIndex((c) => (c.counts[field]?.[3] ?? 0) > 0);
    const { container, label } = report.containers[at]!;
    await page
      .locator('.map tbody tr', { has: page.locator(`bdi:text-is("${label}")`) })
      .locator('td')
      .nth(2 + field)
      .locator('a')
      .click();
    await status(new RegExp(`^${await matching(field, 'mxg', container)} objects match`));
    expect(await page.inputValue('#filters select >> nth=1')).toBe(String(field));
    expect((await texts('.objects td:last-child'))[0]).toContain('Organism');
  });

  it('filters by text, status and severity, and pages by fifty', async () => {
    await look('#list=1&status=m&severity=violation');
    const violations = report.fields.flatMap((f, i) => (f.severity === 'violation' ? [i] : []));
    const total = await count(audit, (o) => violations.some((f) => o.statuses[f] === 'm'));
    await status(new RegExp(`^${total} objects match; 1 to 50 are shown`));
    expect(await page.locator('.objects tbody tr:not(.under)').count()).toBe(50);
    await page.click('a[data-page=next]');
    await status(/; 51 to 100 are shown/);
    await page.fill('input[type=search]', 'CELL_0003');
    await status(/^10 objects match|^\d objects match/);
    expect(new Set((await texts('.objects .named bdi')).map((t) => t.slice(0, 9)))).toEqual(new Set(['cell_0003']));
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.fill('input[type=search]', 'image:1001');
    await status(/^(?:1 object matches|No object matches)\.?$/);
  });

  it('finds what is of a group though its container is of another, or of none', async () => {
    const [group, other] = report.groups;
    const strange = {
      ...audit,
      report: { ...report, groups: [{ ...group!, label: 'no group stated', node: undefined }, other!] },
    };
    await open(
      {
        ...strange,
        async *objects(container) {
          for await (const o of audit.objects(container)) yield o.ref === 'Image:1007' ? { ...o, group: undefined } : o;
        },
      },
      '#group=no+group+stated&status=any',
    );
    await status(/^1 object matches/);
    expect((await texts('.objects .ref'))[0]).toBe('Image:1007');
    await open(audit);
  });

  it('finds what breaks a rule that is about no field', async () => {
    const shape = report.shapes.length - 1;
    await look(`#shape=${shape}&severity=all`);
    const [fix] = report.containers.flatMap((c) => c.groups.filter((g) => g.shape === shape));
    expect(fix).toBeDefined();
    await status(/^\d+ objects? match/);
    expect((await texts('.objects td:last-child'))[0]).toContain('Channel names differ');
    await page.click('.objects .toggle >> nth=0');
    expect((await texts('.details li'))[0]).toMatch(
      /^▲ warning Channel names differ on Channel:\d+:1 DAPI\. Two channels/,
    );
  });

  it('takes free text for as grave as the rule that says so, which may be a hint', async () => {
    const shapes = report.shapes.map((s) => (s.aspect === 'grounding' ? { ...s, severity: 'info' as const } : s));
    await open({ ...audit, report: { ...report, shapes } }, '#list=1&status=g');
    await status(/^No object matches\./);
    await look('#list=1&status=g&severity=info');
    const free = await count(audit, (o) => o.statuses.includes('g'));
    await status(new RegExp(`^${free} objects match`));
    await open(audit);
  });

  it('is moved through with the keyboard: one stop for the heat map, arrows inside', async () => {
    await look('');
    const stops = await page.locator('.map a[tabindex="0"]').count();
    expect(stops).toBe(1);
    await page.focus('.map a[tabindex="0"]');
    await page.keyboard.press('ArrowRight');
    const note = (await texts('.cell-note'))[0] ?? '';
    expect(note).toMatch(/ · Study type: \d+ % – \d+ .*\(optional\)$/);
    await page.keyboard.press('ArrowDown');
    expect((await texts('.cell-note'))[0]).not.toBe(note);
    await page.keyboard.press('End');
    expect((await texts('.cell-note'))[0]).toContain('Analy');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.crumbs li').count()).toBe(2);
  });

  it('tells what to fix, all of it when asked, and where it is not enough to look', async () => {
    await look('');
    expect(await page.locator('#fixes > .scroll tbody tr').count()).toBe(8);
    await page.click('#fixes button');
    expect(await page.locator('#fixes > .scroll tbody tr').count()).toBeGreaterThan(30);
    expect((await texts('#fixes > .scroll tbody tr'))[0]).toMatch(/^■ violation \S.* is missing; .* \d+ \+\d+\.\d /);
    expect(await texts('#notes summary')).toEqual([
      '1 container not audited',
      expect.stringMatching(/^2 waivers, \d+ results waived$/),
      '1 remark on the shapes themselves',
      'All fields, counted',
      expect.stringMatching(/^\d+ shapes of the profile REMBI, 1 not run over the columns$/),
      'How this is computed',
    ]);
    await page.click('#waivers summary');
    expect((await texts('#waivers tbody tr'))[1]).toBe(
      'Organism group: Plant Imaging Until the species list is agreed 2025-06-30 expired 0',
    );
  });

  it('gives the list as CSV, in which no name is a formula', async () => {
    await open(
      syntheticAudit({ containers: 1, datasets: 1, images: 5, hostile: '"=1' }),
      '#container=Project:51&status=any',
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('button:has-text("Download as CSV")'),
    ]);
    expect(download.suggestedFilename()).toBe('audit-7-objects.csv');
    const rows = readCsv(readFileSync(await download.path(), 'utf8').replace('\ufeff', ''));
    expect(rows[0]?.slice(0, 4)).toEqual(['object', 'name', 'container', 'dataset']);
    expect(rows).toHaveLength(8);
    expect(rows[3]?.slice(0, 4)).toEqual([
      'Image:1001',
      'cell_0001.ome.tiff"=1',
      'Project:51',
      '2024-01 replicate 1"=1',
    ]);
  });

  it('says plainly of which containers it lists no images', async () => {
    await open(audit, '', 100);
    expect((await texts('.notice.calm'))[0]).toContain('The images of 8 containers are not listed one by one');
    await look('#container=Screen:114');
    expect((await texts('#list'))[0]).toContain('There are more images here than a page can hold');
    expect(await page.locator('.map tbody tr').count()).toBe(3);
  });

  it('makes nothing of names but text', async () => {
    await open(syntheticAudit({ containers: 3, images: 12, hostile: '<img src=x onerror="window.hit=1">' }), '#list=1');
    expect(await page.evaluate('[window.hit, document.images.length]')).toEqual([undefined, 0]);
    await look('#container=Project:51&part=Dataset:1&status=any');
    await page.click('.objects .toggle >> nth=1');
    expect(await page.evaluate('[window.hit, document.images.length]')).toEqual([undefined, 0]);
    await look('#container=<img>&group=<img>&field=<img>&status=<img>&q=<img src=x>&page=x');
    expect(await page.evaluate('[window.hit, document.images.length]')).toEqual([undefined, 0]);
  });

  it('is well when there is nothing to show', async () => {
    const none = { ...report, containers: [], groups: [], owners: [], notAudited: [], partial: false };
    await open({ ...audit, report: none });
    expect((await texts('#list'))[0]).toBe('There is nothing here.');
    expect((await texts('.fine'))[0]).toBe('Nothing: all that is asked is there.');
  });
});

async function count(
  stored: StoredAudit,
  wanted: (o: { readonly statuses: string }) => boolean,
  container?: string,
): Promise<number> {
  let n = 0;
  for await (const object of stored.objects(container)) if (wanted(object)) n += 1;
  return n;
}
