import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { STATUS_LETTERS } from '../../../src/audit/model.js';
import { auditHtml } from '../../../src/audit/reports/auditHtml.js';
import type { PageRows } from '../../../src/audit/reports/page/pageData.js';
import { PAGE_SCRIPT } from '../../../src/audit/reports/page/pageScript.js';
import { PAGE_STYLE } from '../../../src/audit/reports/page/pageStyle.js';
import { syntheticAudit } from '../syntheticAudit.js';
import { all, written } from './reading.js';

const audit = syntheticAudit({ containers: 10, datasets: 3, images: 120 });
const html = await written(auditHtml, audit);

interface Unpacked {
  readonly parts: readonly { readonly ref: string }[];
  readonly groups: readonly unknown[];
  readonly rows?: PageRows;
}

const block = (page: string, id: string): unknown => {
  const [, data = ''] =
    new RegExp(`<script type="application/octet-stream" id="${id}">([^<]*)</script>`).exec(page) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'));
};
const container = (page: string, index: number): Unpacked => block(page, `audit-container-${index}`) as Unpacked;

describe('the HTML report', () => {
  it('is one file that may load nothing and run nothing but its own script and style', () => {
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash(/<style>(.*)<\/style>/s.exec(html)?.[1] ?? '')}`,
      `script-src ${hash(/<script>(.*)<\/script>/s.exec(html)?.[1] ?? '')}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html.match(/(?:src|href)="(?!#|data:,)[^"]*"/g)).toBeNull();
    expect(PAGE_STYLE).not.toMatch(/url\(|@import/);
  });

  it('says the main thing without its script', () => {
    const { completeness } = audit.report.server;
    expect(html).toContain(
      `<p class="lead" id="lead">${Math.round((completeness ?? 0) * 100)} % complete: 120 images in 10 containers.</p>`,
    );
    expect(html).toMatch(/<noscript><p class="notice">The tables of this report are made by its own script/);
  });

  it('holds every object with its statuses, part, group and owner', async () => {
    for (const [index, { container: name }] of audit.report.containers.entries()) {
      const { rows, parts } = container(html, index);
      const objects = await all(audit.objects(name));
      expect(
        rows!.refs.map((ref, i) => [
          ref,
          rows!.labels[i],
          rows!.statusTable[rows!.statuses[i]!],
          ...rows!.people[rows!.person[i]!]!,
        ]),
      ).toEqual(objects.map((o) => [o.ref, o.label, o.statuses, o.group, o.owner]));
      expect(rows!.parts.map((p) => p.map((n) => parts[n]!.ref))).toEqual(objects.map((o) => o.partOf));
    }
  });

  it('holds every result that the status of a field does not tell', async () => {
    const results = (await all(audit.results())).filter((r) => !r.waived);
    const told = audit.report.containers.flatMap((_, i) => container(html, i).rows!.results);
    expect(told).toHaveLength(results.filter((r) => r.value !== undefined || r.focus.ref.startsWith('Channel')).length);
    const { rows } = container(html, 0);
    const [object, shape, value, about] = rows!.results[0]!;
    const first = (await all(audit.results('Project:51'))).find((r) => r.value !== undefined);
    expect([rows!.refs[object], shape, `"${rows!.values[value]}"`, about]).toEqual([
      first!.focus.ref,
      first!.shape,
      first!.value,
      -1,
    ]);
  });

  it('lists an object that only has a result, such as an instrument of no image', async () => {
    const [result] = await all(audit.results('Project:51'));
    const focus = { node: 'https://omero.example.org/Instrument/3', ref: 'Instrument:3', label: 'Confocal' };
    const page = await written(auditHtml, {
      ...audit,
      async *results(name) {
        if (name === 'Project:51') yield { ...result!, focus, image: undefined, partOf: [], value: '"x"' };
      },
    });
    const { rows } = container(page, 0);
    const at = rows!.refs.indexOf('Instrument:3');
    expect([rows!.labels[at], rows!.statusTable[rows!.statuses[at]!], rows!.results]).toEqual([
      'Confocal',
      '',
      [[at, result!.shape, 0, -1]],
    ]);
  });

  it('of more objects than a page holds lists some containers whole, of the others datasets only, and says which', async () => {
    const page = await written(auditHtml, audit, { rows: 40 });
    const withRows = audit.report.containers.map((_, i) => container(page, i).rows !== undefined);
    expect(withRows).toEqual([true, true, ...Array.from({ length: 8 }, () => false)]);
    expect((block(page, 'audit-summary') as { unlisted: number[] }).unlisted).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(container(page, 9).parts).toHaveLength(3);
  });

  it('stays one page whatever a name holds', async () => {
    const hostile = syntheticAudit({
      containers: 3,
      images: 12,
      hostile: '</script><script>alert(1)</script><!--"\'\u202e\u0000',
    });
    const report = {
      ...hostile.report,
      profile: { ...hostile.report.profile, label: '</title><script>alert(1)</script>' },
    };
    const page = await written(auditHtml, { ...hostile, report });
    expect(page.match(/<script[ >]/g)).toHaveLength(3 + 2);
    expect(page.match(/<\/?(?:title|script)[^>]*>/g)).toEqual([
      '<title>',
      '</title>',
      ...['audit-summary', 'audit-container-0', 'audit-container-1', 'audit-container-2'].flatMap((id) => [
        `<script type="application/octet-stream" id="${id}">`,
        '</script>',
      ]),
      '<script>',
      '</script>',
    ]);
    expect(container(page, 0).rows!.labels[0]).toBe(
      'Spindle assembly in HeLa cells</script><script>alert(1)</script><!--"\'\ufffd\ufffd',
    );
  });
});

describe('the script of the page', () => {
  it('makes no markup of texts and asks nothing of others', () => {
    expect(PAGE_SCRIPT).not.toMatch(
      /innerHTML|insertAdjacentHTML|document\.write|outerHTML|eval\(|new Function|XMLHttpRequest|<\/script|<!--/,
    );
    expect(PAGE_SCRIPT.match(/fetch\(/g)).toHaveLength(1);
  });

  it('uses no name that it does not have', () => {
    const file = 'page.js';
    const options: ts.CompilerOptions = {
      allowJs: true,
      checkJs: true,
      noEmit: true,
      strict: false,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (name, ...rest) =>
      name === file ? ts.createSourceFile(name, PAGE_SCRIPT, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
    const program = ts.createProgram([file], options, host);
    const source = program.getSourceFile(file);
    /* Unknown and double names, use before the declaration, wrong numbers of arguments, what is assigned but constant. */
    const GRAVE = [2304, 2552, 2300, 2451, 2448, 2454, 2554, 2555, 2588, 2349];
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source).filter((d) => GRAVE.includes(d.code)),
    ];
    expect(
      found.map(
        (d) =>
          `${ts.flattenDiagnosticMessageText(d.messageText, ' ')} ${PAGE_SCRIPT.slice(d.start, (d.start ?? 0) + 60)}`,
      ),
    ).toEqual([]);
  });

  it('knows the letters of the statuses in their order', () => {
    const letters = [...PAGE_SCRIPT.matchAll(/\{ letter: '(.)', word/g)].map((m) => m[1]);
    expect(letters).toEqual(Object.values(STATUS_LETTERS));
  });
});

describe('the colours of the page', () => {
  const schemes = {
    light: PAGE_STYLE.split('@media screen')[0] ?? '',
    dark: PAGE_STYLE.split('@media screen')[1]?.split('\nbody')[0] ?? '',
  };
  /** Relative luminance (WCAG 2.1). */
  const luminance = (hex: string): number => {
    const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c) : (hex.slice(1).match(/../g) ?? []);
    const [r = 0, g = 0, b = 0] = full
      .map((c) => Number.parseInt(c, 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m) as [number, number];
    return (x + 0.05) / (y + 0.05);
  };
  const TEXT = [
    ...[0, 1, 2, 3, 4, 5].map((n) => [`l${n}`, `l${n}i`]),
    ...['ink', 'soft', 'accent', 'alert', 'warn', 'hint'].flatMap((text) => [
      ['ground', text],
      ['panel', text],
    ]),
    ['alert-ground', 'ink'],
  ] as const;

  it.each(Object.keys(schemes) as (keyof typeof schemes)[])(
    'keep a contrast of 4.5:1 of all text when it is %s',
    (scheme) => {
      const colours = Object.fromEntries(
        [...schemes[scheme].matchAll(/--([\w-]+): (#[0-9a-f]{3,6})/g)].map((m) => [m[1], m[2]]),
      ) as Record<string, string>;
      const poor = TEXT.filter(([a = '', b = '']) => !(contrast(colours[a] ?? '', colours[b] ?? '') >= 4.5)).map(
        ([a = '', b = '']) => [a, b, contrast(colours[a] ?? '', colours[b] ?? '')],
      );
      expect(poor).toEqual([]);
    },
  );
});
