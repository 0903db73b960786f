import type { Severity } from '../findings.js';
import { at, type CheckedSubmission, sectionsOf, type Told, valuesOf } from './checkedSubmission.js';
import { isDay, isEmail, isOrcid } from './identifiers.js';

const LICENCES: readonly string[] = ['CC0', 'CC BY 4.0'];
const TWO_YEARS = 2 * 366 * 24 * 3600 * 1000;

/** Title, description, keywords, licence and release date. */
export function studyRule({ submission, today }: CheckedSubmission): Told[] {
  const study = submission.section;
  const told: Told[] = [];
  const tell = (element: string, wrong: string, found: string | undefined, remedy: string): void => {
    told.push({ element, where: at(study, element), wrong, found, remedy });
  };
  for (const element of ['Title', 'Description']) {
    const [text = ''] = valuesOf(study, element);
    if (text.length < 25) tell(element, 'it has fewer than 25 characters', text, 'write a full sentence');
  }
  if (valuesOf(study, 'Keywords').length === 0)
    tell('Keywords', 'there is none', undefined, 'give at least one keyword');
  const license = study.attributes.find((a) => a.name === 'License');
  if (!LICENCES.includes(license?.value ?? '')) {
    tell('License', 'it is neither CC0 nor CC BY 4.0', license?.value, 'choose CC0 or CC BY 4.0');
  }
  const day = valuesOf(submission, 'ReleaseDate')[0] ?? '';
  if (!isDay(day)) tell('Release date', 'it is not a day like 2027-01-15', day, 'write YYYY-MM-DD');
  else if (day < today) tell('Release date', 'it is in the past', day, 'choose today or a later day');
  else if (Date.parse(day) - Date.parse(today) > TWO_YEARS) {
    tell('Release date', 'it is more than two years away', day, 'choose an earlier day');
  }
  return told;
}

/** Every author has a name, an e-mail address and an affiliation that exists; ORCIDs are right. */
export function authorRule(checked: CheckedSubmission): Told[] {
  const authors = sectionsOf(checked, 'Author');
  const organizations = new Map(
    sectionsOf(checked, 'Organization', 'Organisation').map((o) => [o.accno ?? '', valuesOf(o, 'Name').length > 0]),
  );
  const told: Told[] = [];
  if (authors.length === 0) {
    told.push({ element: 'Authors', where: 'Study', wrong: 'there is no author', remedy: 'list the authors' });
  }
  const orcids = new Set<string>();
  for (const author of authors) {
    const tell = (
      element: string,
      wrong: string,
      found: string | undefined,
      remedy: string,
      severity?: Severity,
    ): void => {
      told.push({ element, where: at(author, element), wrong, found, remedy, ...(severity && { severity }) });
    };
    if (valuesOf(author, 'Name').length === 0) tell('Name', 'it is missing', undefined, 'write the name');
    const [email] = valuesOf(author, 'E-mail');
    if (email === undefined) tell('E-mail', 'it is missing', undefined, 'write an e-mail address');
    else if (!isEmail(email)) tell('E-mail', 'it is not an e-mail address', email, 'write name@example.org');
    const affiliations = author.attributes.filter((a) => a.name.toLowerCase() === 'affiliation');
    if (affiliations.length === 0) tell('Affiliation', 'it is missing', undefined, 'refer to an organization');
    for (const affiliation of affiliations) {
      const remedy = 'refer to the accno of an Organization section that has a Name';
      if (affiliation.reference !== true) tell('Affiliation', 'it is not a reference', affiliation.value, remedy);
      else if (organizations.get(affiliation.value ?? '') !== true) {
        tell('Affiliation', 'it names no organization', affiliation.value, remedy);
      }
    }
    const [orcid] = valuesOf(author, 'ORCID');
    if (orcid === undefined) tell('ORCID', 'it is missing', undefined, 'add the ORCID iD', 'warning');
    else if (!isOrcid(orcid))
      tell('ORCID', 'it is not a bare ORCID iD with a right check digit', orcid, 'write 0000-0000-0000-0000');
    else if (orcids.has(orcid)) tell('ORCID', 'two authors have the same', orcid, 'correct one of them');
    if (orcid !== undefined) orcids.add(orcid);
  }
  return told;
}

const TITLED = ['Biosample', 'Specimen', 'Image acquisition', 'Image correlation', 'Image analysis'] as const;

/** Accnos are unique, titles are unique in their type. */
export function titleRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const accnos = new Set<string>();
  for (const { type, accno } of checked.sections) {
    if (accno === undefined || accno === '') continue;
    if (accnos.has(accno)) {
      told.push({ element: type, where: accno, wrong: 'two sections have this accno', remedy: 'give each its own' });
    }
    accnos.add(accno);
  }
  for (const type of TITLED) {
    const seen = new Set<string>();
    for (const section of sectionsOf(checked, type)) {
      const [title] = valuesOf(section, 'Title');
      if (title === undefined) continue;
      if (seen.has(title)) {
        told.push({
          element: type,
          where: at(section, 'Title'),
          wrong: 'two sections of the type have this title',
          found: title,
          remedy: 'give each its own title',
        });
      }
      seen.add(title);
    }
  }
  return told;
}

/** Every association names existing titles exactly; every component has one. */
export function associationRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  const used = new Set<string>();
  for (const component of sectionsOf(checked, 'Study Component')) {
    const associations = (component.subsections ?? []).filter((s) => s.type.toLowerCase() === 'associations');
    if (associations.length === 0) {
      const where = at(component, 'Associations');
      told.push({
        element: 'Associations',
        where,
        wrong: 'there is none',
        remedy: 'say which biosample, specimen and acquisition it has',
      });
    }
    for (const association of associations) {
      for (const type of TITLED) {
        const titles = sectionsOf(checked, type).flatMap((section) => valuesOf(section, 'Title'));
        const values = valuesOf(association, type);
        if (values.length === 0 && TITLED.indexOf(type) < 3) {
          told.push({
            element: type,
            where: at(association, type),
            wrong: 'it is missing',
            remedy: `name a ${type} by its title`,
          });
        }
        for (const value of values) {
          used.add(`${type} ${value}`);
          if (titles.includes(value)) continue;
          told.push({
            element: type,
            where: at(association, type),
            wrong: 'no section has this title',
            found: value,
            remedy: 'write the title exactly',
          });
        }
      }
    }
  }
  for (const type of TITLED) {
    for (const section of sectionsOf(checked, type)) {
      const [title = ''] = valuesOf(section, 'Title');
      if (used.has(`${type} ${title}`)) continue;
      told.push({
        element: type,
        where: at(section, 'Title'),
        wrong: 'no association refers to it',
        found: title,
        remedy: 'refer to it or leave it out',
        severity: 'warning',
      });
    }
  }
  return told;
}

/** Required fields of the form BioImages.v5 beyond those that other rules look at. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  organization: ['Name'],
  biosample: ['Title', 'Organism', 'Biological entity'],
  specimen: ['Title', 'Sample preparation protocol'],
  'image acquisition': ['Title', 'Imaging instrument', 'Image acquisition parameters'],
  'image correlation': ['Title', 'Spatial and temporal alignment'],
  'image analysis': ['Title', 'Image analysis overview'],
  annotation: ['Title', 'Annotation Overview', 'Annotation Type', 'Annotation Method', 'File List'],
  annotations: ['Title', 'Annotation Overview', 'Annotation Type', 'Annotation Method', 'File List'],
  'study component': ['Name', 'Description', 'File List'],
};

/** The required fields of the form that no other rule looks at. */
export function requiredRule(checked: CheckedSubmission): Told[] {
  const told: Told[] = [];
  for (const type of ['Organization', 'Biosample', 'Specimen', 'Image acquisition', 'Study Component']) {
    if (sectionsOf(checked, type, type.replace('iz', 'is')).length > 0) continue;
    told.push({ element: type, where: 'Study', wrong: `there is no ${type} section`, remedy: 'describe at least one' });
  }
  for (const section of checked.sections) {
    for (const name of REQUIRED[section.type.toLowerCase()] ?? []) {
      if (valuesOf(section, name).length > 0) continue;
      told.push({ element: name, where: at(section, name), wrong: 'it is missing', remedy: 'fill it in' });
    }
  }
  return told;
}
