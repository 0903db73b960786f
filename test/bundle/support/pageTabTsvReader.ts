import type { PageTabAttribute, PageTabLink, PageTabSection, PageTabSubmission } from '../../../src/bundle/pageTab.js';

interface Draft {
  accno?: string;
  type: string;
  attributes: PageTabAttribute[];
  links?: PageTabLink[];
  subsections?: Draft[];
}

/** Reads PageTab TSV by the rules of the BioStudies backend (blocks, qualifiers, references, parents); no tables. */
export function readPageTabTsv(text: string): PageTabSubmission {
  const blocks = blocksOf(rowsOf(text));
  const [head, root, ...rest] = blocks;
  if (head === undefined || root === undefined) throw new Error('a submission has at least two blocks');
  const submission = { type: 'submission' as const, attributes: attributesOf(head.slice(1)) };
  if (!submission.attributes.some((a) => a.name === 'ReleaseDate' && a.value))
    throw new Error('ReleaseDate is required');
  const byAccno = new Map<string, Draft>();
  const section = (rows: string[][]): Draft => {
    const [type = '', accno = ''] = rows[0] ?? [];
    const made: Draft = { ...(accno !== '' && { accno }), type, attributes: attributesOf(rows.slice(1)) };
    if (byAccno.has(accno)) throw new Error(`A section with accNo ${accno} already exists`);
    if (accno !== '') byAccno.set(accno, made);
    return made;
  };
  const study = section(root);
  let current = study;
  for (const rows of rest) {
    const [type = '', second = '', parentAccno] = rows[0] ?? [];
    if (type === 'Link') {
      current.links ??= [];
      current.links.push({ url: second, attributes: attributesOf(rows.slice(1)) });
      continue;
    }
    const parent = parentAccno === undefined ? study : byAccno.get(parentAccno);
    if (parent === undefined) throw new Error(`Can not find referenced section ${parentAccno}`);
    current = section(rows);
    parent.subsections ??= [];
    parent.subsections.push(current);
  }
  return { ...submission, section: ordered(study) };
}

function ordered(section: Draft): PageTabSection {
  const { accno, type, attributes, links, subsections } = section;
  return {
    ...(accno !== undefined && { accno }),
    type,
    attributes,
    ...(links && { links }),
    ...(subsections && { subsections: subsections.map(ordered) }),
  };
}

function attributesOf(rows: readonly string[][]): PageTabAttribute[] {
  const attributes: { name: string; value?: string; reference?: true; valqual?: { name: string; value: string }[] }[] =
    [];
  for (const [name = '', value = ''] of rows) {
    const qualifier = /^\[(.+)\]$/.exec(name)?.[1];
    const reference = /^<(.+)>$/.exec(name)?.[1];
    if (name === '') throw new Error('Attribute name is required');
    if (qualifier !== undefined) {
      const last = attributes.at(-1);
      if (last === undefined) throw new Error('a qualifier needs an attribute before it');
      last.valqual ??= [];
      last.valqual.push({ name: qualifier, value });
    } else if (reference !== undefined) attributes.push({ name: reference, value, reference: true });
    else attributes.push({ name, ...(value !== '' && { value }) });
  }
  return attributes;
}

function blocksOf(rows: readonly string[][]): string[][][] {
  const blocks: string[][][] = [[]];
  for (const row of rows) {
    if (row.every((cell) => cell === '')) blocks.push([]);
    else blocks.at(-1)?.push(row);
  }
  return blocks.filter((block) => block.length > 0);
}

/** Rows of trimmed cells; quoted cells may hold tabs and line ends; lines that begin with # are comments. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let start = true;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (start && row.length === 0 && c === '#') {
      while (i < text.length && text[i] !== '\n') i++;
    } else if (start && c === '"') {
      quoted = true;
      start = false;
    } else if (c === '\t' || c === '\n') {
      row.push(cell.trim());
      cell = '';
      start = true;
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else {
      cell += c;
      start = false;
    }
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.trim()]);
  return rows;
}
