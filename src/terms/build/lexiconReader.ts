import type { Synonym, SynonymScope } from '../term.js';
import { malformed, type OntologySource, type SourceTerm } from './sourceTerm.js';
import type { TextLine } from './textLines.js';

const COLUMNS = ['ontology', 'curie', 'label', /^synonyms/, 'obsolete', 'replaced_by', 'parents'] as const;
const SCOPES: Readonly<Record<string, SynonymScope>> = { E: 'exact', R: 'related', N: 'narrow', B: 'broad' };

/**
 * The terms of a lexicon: tab-separated ontology, curie, label, synonyms (`E:text|R:text…`), obsolete (1 or nothing),
 * replaced_by, parents (`|` between them), with a head line. @throws OmegraphError (input) that names the line
 */
export async function* readLexicon(lines: AsyncIterable<TextLine>, source: OntologySource): AsyncGenerator<SourceTerm> {
  const { where } = source;
  let head = false;
  for await (const { text, line, ended } of lines) {
    const cells = text.split('\t');
    if (!head) {
      if (COLUMNS.some((c, i) => (typeof c === 'string' ? c !== cells[i] : !c.test(cells[i] ?? ''))))
        throw malformed(where, line, 'the columns are not those of a lexicon', text);
      head = true;
      continue;
    }
    if (text === '') continue;
    const [ontology = '', curie = '', label = '', synonyms = '', obsolete = '', replacedBy = '', parents = ''] = cells;
    if (cells.length !== COLUMNS.length || ontology === '')
      throw malformed(where, line, ended ? `a line has ${cells.length} cells, not 7` : 'the file is cut off', text);
    if (!/^(?:1|0|)$/.test(obsolete)) throw malformed(where, line, 'obsolete is neither 1 nor empty', obsolete);
    yield {
      curie,
      label,
      synonyms: synonyms === '' ? [] : synonymsOf(synonyms),
      obsolete: obsolete === '1',
      parents: parents === '' ? [] : parents.split('|'),
      line,
      ...(replacedBy !== '' && { replacedBy }),
    };
  }
  if (!head) throw malformed(where, undefined, 'the lexicon is empty');
}

/** A part without a scope belongs to the synonym before it: some synonyms have a `|` of their own. */
function synonymsOf(cell: string): Synonym[] {
  const found: { text: string; scope: SynonymScope }[] = [];
  for (const part of cell.split('|')) {
    const scope = part[1] === ':' ? SCOPES[part[0] ?? ''] : undefined;
    const last = found.at(-1);
    if (scope !== undefined) found.push({ text: part.slice(2), scope });
    else if (last !== undefined) last.text += `|${part}`;
  }
  return found;
}
