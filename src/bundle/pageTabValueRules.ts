import { at, type CheckedSubmission, sectionsOf, type Told, valuesOf } from './checkedSubmission.js';
import { hasInvisible, isDoi, isPlaceholder, isRor } from './identifiers.js';
import type { PageTabAttribute, PageTabSection } from './pageTab.js';

/** Organisms are grounded in NCBITaxon, imaging methods in FBbi. */
export function termRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const grounded = (attribute: PageTabAttribute, pattern: RegExp): boolean =>
    (attribute.valqual ?? []).some((q) => /^TermId$/i.test(q.name) && pattern.test(q.value));
  for (const sample of sectionsOf(checked, 'Biosample')) {
    const nested = (sample.subsections ?? []).filter((s) => /^organism$/i.test(s.type));
    const hasTaxon =
      nested.length > 0 && nested.every((s) => valuesOf(s, 'NCBI taxon ID').some((v) => /^NCBI:txid\d+$/.test(v)));
    for (const organism of sample.attributes.filter((a) => a.name === 'Organism')) {
      if (grounded(organism, /^NCBITaxon_\d+$/) || hasTaxon) continue;
      told.push({
        element: 'Organism (NCBI taxon)',
        where: at(sample, 'Organism'),
        wrong: 'it names no NCBI taxon',
        found: organism.value,
        remedy: 'use a name that the mappings know',
      });
    }
  }
  for (const acquisition of sectionsOf(checked, 'Image acquisition')) {
    const nested = (acquisition.subsections ?? [])
      .filter((s) => /^imaging method$/i.test(s.type))
      .some((s) => s.attributes.some((a) => /FBbi[_:]\d{8}/.test(a.value ?? '')));
    const flat = acquisition.attributes.filter((a) => a.name === 'Imaging method' && a.value);
    if (flat.length === 0) {
      told.push({
        element: 'Imaging method',
        where: at(acquisition, 'Imaging method'),
        wrong: 'it is missing',
        remedy: 'name the imaging method',
      });
    }
    for (const method of flat) {
      if (grounded(method, /^FBbi_\d{8}$/) || nested) continue;
      told.push({
        element: 'Imaging method (FBbi term)',
        where: at(acquisition, 'Imaging method'),
        wrong: 'it names no FBbi term',
        found: method.value,
        remedy: 'use a name that the mappings know',
      });
    }
  }
  return told;
}

/** DOI, PubMed, year and ROR are written as the archive reads them; no value is a placeholder. */
export function identifierRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const test = (section: PageTabSection, name: string, good: (value: string) => boolean, remedy: string): void => {
    for (const value of valuesOf(section, name)) {
      if (!good(value))
        told.push({
          element: name,
          where: at(section, name),
          wrong: 'it is not written as the archive reads it',
          found: value,
          remedy,
        });
    }
  };
  for (const publication of sectionsOf(checked, 'Publication')) {
    test(publication, 'DOI', isDoi, 'write it like 10.1234/abc, without https://doi.org/');
    test(publication, 'Pubmed ID', (value) => /^\d+$/.test(value), 'write digits only, or leave it out');
    test(publication, 'Year', (value) => /^\d{4}$/.test(value), 'write four digits, or leave it out');
  }
  for (const organization of sectionsOf(checked, 'Organization', 'Organisation')) {
    test(organization, 'RORID', isRor, 'write the full address, https://ror.org/…');
  }
  for (const section of checked.sections) {
    for (const { name, value } of section.attributes) {
      if (value === undefined || !isPlaceholder(value)) continue;
      told.push({
        element: name,
        where: at(section, name),
        wrong: 'it is a placeholder',
        found: value,
        remedy: 'write the fact, or leave it out',
      });
    }
  }
  return told;
}

/** No value holds characters that cannot be seen. */
export function characterRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const look = (where: string, element: string, value: string): void => {
    if (hasInvisible(value)) {
      told.push({
        element,
        where,
        wrong: 'it has control, direction or zero-width characters',
        found: value,
        remedy: 'retype it',
      });
    } else if (value !== value.trim() || value.includes('  ')) {
      told.push({
        element,
        where,
        wrong: 'it has needless blanks',
        found: value,
        remedy: 'remove them',
        severity: 'warning',
      });
    }
  };
  for (const section of checked.sections) {
    for (const attribute of section.attributes)
      look(at(section, attribute.name), attribute.name, attribute.value ?? '');
  }
  for (const [name, list] of checked.fileLists) {
    for (const row of list.rows)
      for (const [i, cell] of row.cells.entries()) look(name, list.columns[i] ?? 'Files', cell);
  }
  return told;
}
