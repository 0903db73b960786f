/** An attribute of PageTab; `reference` marks the accno of another section as its value. */
export interface PageTabAttribute {
  readonly name: string;
  readonly value?: string;
  readonly reference?: true;
  readonly valqual?: readonly { readonly name: string; readonly value: string }[];
}

export interface PageTabLink {
  readonly url: string;
  readonly attributes: readonly PageTabAttribute[];
}

export interface PageTabSection {
  readonly accno?: string;
  readonly type: string;
  readonly attributes: readonly PageTabAttribute[];
  readonly links?: readonly PageTabLink[];
  readonly subsections?: readonly PageTabSection[];
}

/** A submission to BioStudies in the JSON form of PageTab. */
export interface PageTabSubmission {
  readonly type: 'submission';
  readonly accno?: string;
  readonly attributes: readonly PageTabAttribute[];
  readonly section: PageTabSection;
}

/** PageTab JSON with two blanks of indentation and a line feed at the end. */
export function pageTabJson(submission: PageTabSubmission): string {
  return `${JSON.stringify(submission, null, 2)}\n`;
}

/** The same submission as PageTab TSV: blocks separated by empty lines, one attribute a line, qualifiers in brackets. */
export function pageTabTsv(submission: PageTabSubmission): string {
  const blocks = [
    [line('Submission', submission.accno ?? ''), ...submission.attributes.flatMap(attributeLines)],
    ...sectionBlocks(submission.section, undefined),
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function sectionBlocks(section: PageTabSection, parent: string | undefined): string[][] {
  const head =
    parent === undefined ? line(section.type, section.accno ?? '') : line(section.type, section.accno ?? '', parent);
  const links = (section.links ?? []).map((link) => [
    line('Link', link.url),
    ...link.attributes.flatMap(attributeLines),
  ]);
  // Links and files belong to the section named last, so they come before the subsections.
  const below = (section.subsections ?? []).flatMap((sub) =>
    sectionBlocks(sub, section.type === 'Study' ? undefined : section.accno),
  );
  return [[head, ...section.attributes.flatMap(attributeLines)], ...links, ...below];
}

function attributeLines(attribute: PageTabAttribute): string[] {
  const name = attribute.reference ? `<${attribute.name}>` : attribute.name;
  const qualifiers = (attribute.valqual ?? []).map((q) => line(`[${q.name}]`, q.value));
  return [line(name, attribute.value ?? ''), ...qualifiers];
}

function line(...cells: readonly string[]): string {
  // An attribute without a value keeps its tab; a submission without an accno is the bare word.
  return tsvRow(cells.length === 2 && cells[0] === 'Submission' && cells[1] === '' ? ['Submission'] : cells);
}

/**
 * A row of a TSV as BioStudies reads it: cells with a tab, a line end or a quote are quoted, with quotes doubled, and so
 * is a first cell that would begin a comment.
 */
export function tsvRow(cells: readonly string[]): string {
  return cells
    .map((text, i) =>
      /[\t\n\r"]/.test(text) || (i === 0 && text.startsWith('#')) ? `"${text.replaceAll('"', '""')}"` : text,
    )
    .join('\t');
}
