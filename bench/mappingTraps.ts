import { type GoldValue, table } from './goldTables.js';
import type { Mapper, ValueAnswer } from './mappingAdapter.js';

/** What was accepted of texts that are (nearly) all no values of the field. */
export interface ForeignAccepts {
  readonly field: string;
  readonly asked: number;
  readonly accepted: readonly { readonly value: string; readonly answer: ValueAnswer }[];
}

/** Kinds that are asked, and the kinds whose values are no values of it. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  organism: ['gene', 'cell_line', 'organism_part', 'disease', 'sex', 'imaging_method'],
  imaging_method: ['gene', 'organism', 'cell_line', 'organism_part', 'phenotype', 'disease', 'library_type'],
  cell_line: ['gene', 'organism', 'organism_part', 'disease', 'sex', 'phenotype', 'imaging_method'],
  cell_type: ['gene', 'organism', 'cell_line', 'disease', 'sex', 'imaging_method'],
  organism_part: ['gene', 'organism', 'cell_line', 'disease', 'sex', 'imaging_method'],
  disease: ['gene', 'organism', 'cell_line', 'organism_part', 'sex', 'imaging_method'],
  phenotype: ['gene', 'organism', 'cell_line', 'imaging_method', 'compound'],
  compound: ['gene', 'organism', 'cell_line', 'organism_part', 'phenotype'],
};
/** Keys whose values are remarks, names and judgements. */
const REMARKS = /comment|quality control|name|description|^plate|^well|file|protocol|has phenotype|control type/i;

/** Asks each kind for values of other kinds and for remarks of a server's pairs. */
export function foreignAccepts(gold: readonly GoldValue[], mapper: Mapper): readonly ForeignAccepts[] {
  const own = (field: string): ReadonlySet<string> =>
    new Set(gold.filter((g) => g.field === field && g.terms.length > 0).map((g) => g.value.toLowerCase()));
  const remarks = new Set(
    table('gold/idr-server-kv.tsv.gz')
      .filter(
        (r) => REMARKS.test(r.key ?? '') && !/phenotype .*(name|term)|compound|gene|organism|cell/i.test(r.key ?? ''),
      )
      .map((r) => r.value ?? ''),
  );
  return Object.entries(FOREIGN).map(([field, kinds]) => {
    const mine = own(field);
    const texts = new Set([...gold.filter((g) => kinds.includes(g.field)).map((g) => g.value), ...remarks]);
    const accepted: { value: string; answer: ValueAnswer }[] = [];
    let asked = 0;
    for (const value of texts) {
      if (mine.has(value.toLowerCase())) continue;
      asked += 1;
      const answer = mapper.value(field, value);
      if (answer !== undefined) accepted.push({ value, answer });
    }
    return { field, asked, accepted };
  });
}
