import type { RembiField, RembiModule } from '../rdf/rembi.js';
import type { Archive, Gap } from './gaps.js';
import type { ImageGroup, StudyImage } from './imageGroups.js';
import { factsOf, taxonNumber } from './sections.js';
import { componentTexts } from './studyComponents.js';
import type { StudyDescription } from './studyDescription.js';
import type { StudyFile } from './studyFileSchema.js';
import { curie } from './studyGraph.js';

const BOTH: readonly Archive[] = ['bioimage-archive', 'zenodo'];
const BIA: readonly Archive[] = ['bioimage-archive'];

/** What archives ask for and neither the graph nor the study file says (BioImages.v5, REMBI; Zenodo's own fields). */
export function studyGaps(study: StudyDescription, groups: readonly ImageGroup[], studyFile: StudyFile): Gap[] {
  return [...headGaps(study), ...authorGaps(study), ...groups.flatMap((group) => componentGaps(group, studyFile))];
}

function headGaps(study: StudyDescription): Gap[] {
  const gaps: Gap[] = [];
  const ask = (
    missing: boolean,
    element: string,
    key: string,
    requiredBy: readonly Archive[],
    remedy: string,
  ): void => {
    if (missing) gaps.push(studyGap(element, key, requiredBy, remedy));
  };
  ask(study.title === undefined, 'Title', 'title', BOTH, 'write the title of the study (25 characters or more)');
  ask(
    study.description === undefined,
    'Description',
    'description',
    BOTH,
    'describe the study under the key description, or in OMERO on the Project or Screen',
  );
  ask(study.keywords.length === 0, 'Keywords', 'keywords', BIA, 'list keywords, or tag the Project or Screen');
  ask(study.license === undefined, 'License', 'license', BOTH, 'write CC0 or CC BY 4.0');
  ask(
    study.releaseDate === undefined,
    'Release date',
    'releaseDate',
    BOTH,
    'write the day of publication as YYYY-MM-DD',
  );
  ask(
    study.funding.statement === undefined && study.funding.grants.length === 0,
    'Funding',
    'funding',
    [],
    'name who paid for the study: statement, and grants with agency and id',
  );
  ask(
    study.studyComponents.every((component) => component.files.length === 0) && study.studyComponents.length === 0,
    'Study component',
    'components',
    BIA,
    'export a Project or Screen that holds images',
  );
  return gaps;
}

function studyGap(element: string, key: string, requiredBy: readonly Archive[], remedy: string): Gap {
  const severity = requiredBy.length > 0 ? 'violation' : 'info';
  return { module: 'Study', element, where: `study file, ${key}`, severity, remedy, studyKey: key, requiredBy };
}

function authorGaps(study: StudyDescription): Gap[] {
  if (study.authors.length === 0) {
    return [studyGap('Authors', 'authors', BOTH, 'list the authors with name, email, orcid and affiliations')];
  }
  return study.authors.flatMap((author, i) => {
    const key = `authors[${i}]`;
    const gaps: Gap[] = [];
    if (author.email === undefined) {
      gaps.push({ ...studyGap('E-mail', key, BIA, `add the e-mail address of ${author.name}`), studyKey: 'authors' });
    }
    if (author.affiliations.length === 0) {
      const remedy = `list the organizations of ${author.name} by id, and describe them under organizations`;
      gaps.push({ ...studyGap('Affiliation', key, BIA, remedy), studyKey: 'authors' });
    }
    if (author.orcid === undefined) {
      const gap = studyGap('ORCID', key, [], `add the ORCID iD of ${author.name}`);
      gaps.push({ ...gap, severity: 'warning', studyKey: 'authors' });
    }
    return gaps;
  });
}

function componentGaps(group: ImageGroup, studyFile: StudyFile): Gap[] {
  const texts = componentTexts(studyFile, group.name);
  const where = group.source === undefined ? group.name : `${group.source} "${group.name}"`;
  const gaps: Gap[] = [];
  const ask = (
    module: RembiModule | 'Files',
    element: string,
    lacking: readonly StudyImage[],
    remedy: string,
    requiredBy: readonly Archive[] = BIA,
  ): void => {
    if (lacking.length === 0) return;
    const severity = requiredBy.length > 0 ? 'violation' : 'warning';
    gaps.push({ module, element, where, images: lacking.length, severity, remedy, studyKey: 'components', requiredBy });
  };
  const without = (field: RembiField): StudyImage[] =>
    group.images.filter((image) => factsOf(image, field).length === 0);
  const write = (key: string, path: string): string =>
    `add the key "${key}" to the images or what contains them, or write components: ${path} in the study file`;

  if (texts.description === undefined && group.description === undefined) {
    const lacking = without('studyComponentDescription');
    ask(
      'Study component',
      'Description',
      lacking,
      'describe the Dataset or Plate, or write components: description in the study file',
    );
  }
  if (texts.biosample?.organism === undefined) {
    ask('Biosample', 'Organism', without('organism'), write('Organism', 'biosample.organism'));
    const ungrounded = group.images.filter((image) =>
      factsOf(image, 'organism').some((fact) => taxonNumber(fact.term?.iri) === undefined),
    );
    ask('Biosample', 'Organism (NCBI taxon)', ungrounded, 'write the scientific name, or add a row to mappings/values');
  } else if (texts.biosample.organism.taxon === undefined) {
    ask(
      'Biosample',
      'Organism (NCBI taxon)',
      group.images,
      'write components: biosample.organism.taxon like NCBITaxon:9606',
    );
  }
  if (texts.biosample?.biologicalEntity === undefined) {
    ask(
      'Biosample',
      'Biological entity',
      without('biologicalEntity'),
      write('Biological entity', 'biosample.biologicalEntity'),
    );
  }
  if (texts.specimen?.samplePreparation === undefined) {
    const lacking = without('preparationMethod');
    ask('Specimen', 'Preparation method', lacking, write('Preparation method', 'specimen.samplePreparation'));
  }
  if (texts.imageAcquisition?.methods === undefined) {
    ask(
      'Study component',
      'Imaging method',
      without('imagingMethod'),
      write('Imaging method', 'imageAcquisition.methods'),
    );
    const ungrounded = group.images.filter((image) =>
      factsOf(image, 'imagingMethod').some(
        (fact) => fact.term === undefined || !curie(fact.term.iri).startsWith('FBbi:'),
      ),
    );
    ask(
      'Study component',
      'Imaging method (FBbi term)',
      ungrounded,
      'name the method as FBbi does, or add a row to mappings/values',
    );
  }
  if (texts.imageAcquisition?.instrument === undefined) {
    const lacking = without('instrumentAttributes').filter((image) => image.instrument === undefined);
    ask(
      'Image acquisition',
      'Instrument attributes',
      lacking,
      write('Instrument attributes', 'imageAcquisition.instrument'),
    );
  }
  if (texts.imageAcquisition?.parameters === undefined) {
    const lacking = without('imageAcquisitionParameters').filter((image) => image.acquisition.length === 0);
    ask(
      'Image acquisition',
      'Image acquisition parameters',
      lacking,
      write('Image acquisition parameters', 'imageAcquisition.parameters'),
    );
  }
  const noFile = group.images.filter((image) => image.files.length === 0);
  ask('Files', 'File', noFile, 'export from a source that knows the image files, or export the images to files first');
  const noChannel = group.images.filter((image) =>
    image.channels.every((channel) => channel.biologicalEntity === undefined),
  );
  ask('Specimen', 'Channel – biological entity', noChannel, 'add keys like "Channel 0 - biological entity"', []);
  const noPixelSize = group.images.filter((image) => image.acquisition.every((fact) => fact.name !== 'Pixel size'));
  ask('Image data', 'Pixel/voxel size description', noPixelSize, 'set the pixel size of the images', []);
  return gaps;
}
