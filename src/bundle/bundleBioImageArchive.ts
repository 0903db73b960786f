import { oneLine } from '../errors.js';
import { biaRoCrate } from './biaRoCrate.js';
import { type BundleFile, CHECKSUMS, manifestSha256, withBundleFolder } from './bundleFolder.js';
import type { Problem } from './checkedSubmission.js';
import { type FileList, fileListJson, fileListOf, fileListTsv } from './fileList.js';
import { blockingGaps, type Gap, gapSentence } from './gaps.js';
import { type PageTabSubmission, pageTabJson, pageTabTsv, tsvRow } from './pageTab.js';
import { pageTabOfStudy } from './pageTabOfStudy.js';
import { isAllowedPath, safePath } from './safePath.js';
import type { StudyDescription } from './studyDescription.js';
import { validatePageTab } from './validatePageTab.js';

export interface BioImageArchiveOptions {
  /** What `readStudy` found missing. */
  readonly gaps?: readonly Gap[] | undefined;
  /** Writes a draft although required things are missing. */
  readonly allowGaps?: boolean | undefined;
  /** Replaces an existing folder. */
  readonly force?: boolean | undefined;
  /** Stops the writing; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  /** Folder in the user's space at BioStudies; made from the container's name by default. */
  readonly rootPath?: string | undefined;
  /** Spelling of annotation sections; `v5` by default. */
  readonly annotationSection?: 'v5' | 'v4' | undefined;
  /** Also writes the RO-Crate of the profile bia-submission; on by default. */
  readonly roCrate?: boolean | undefined;
  /** The day of handing in, YYYY-MM-DD. */
  readonly today: string;
}

/** What a bundle command did. `refused` wrote nothing. */
export interface BundleResult {
  readonly status: 'written' | 'draft' | 'refused';
  readonly files: readonly BundleFile[];
  readonly gaps: readonly Gap[];
}

/** A submission to BioStudies with its file lists, in memory. */
export interface BioImageArchiveSubmission {
  readonly submission: PageTabSubmission;
  readonly fileLists: ReadonlyMap<string, FileList>;
}

/** The submission of a study: PageTab by BioImages.v5 and one file list for each component and annotation. */
export function bioImageArchiveSubmission(
  study: StudyDescription,
  options: Pick<BioImageArchiveOptions, 'rootPath' | 'annotationSection'> = {},
): BioImageArchiveSubmission {
  const componentLists = study.studyComponents.map((_, i) => `file_list_study_component_${i + 1}.tsv`);
  const annotationLists = study.annotations.map((_, i) => `file_list_annotation_${i + 1}.tsv`);
  const submission = pageTabOfStudy(study, {
    rootPath: options.rootPath ?? rootPathOf(study),
    annotationSection: options.annotationSection ?? 'v5',
    componentLists,
    annotationLists,
  });
  const fileLists = new Map<string, FileList>();
  for (const [i, component] of study.studyComponents.entries())
    fileLists.set(componentLists[i] ?? '', fileListOf(component.files));
  for (const [i, annotation] of study.annotations.entries())
    fileLists.set(annotationLists[i] ?? '', fileListOf(annotation.files));
  return { submission, fileLists };
}

/**
 * Writes a submission to the BioImage Archive into a new folder: PageTab as TSV and JSON, file lists as TSV and JSON,
 * the list of what to upload where, and the RO-Crate. Without `allowGaps` nothing is written while required things are
 * missing; a draft is marked as such.
 * @throws OmegraphError when the folder exists (unless `force`) or cannot be written.
 */
export async function bundleBioImageArchive(
  study: StudyDescription,
  outFolder: string,
  options: BioImageArchiveOptions,
): Promise<BundleResult> {
  const { submission, fileLists } = bioImageArchiveSubmission(study, options);
  const problems = validatePageTab(submission, fileLists, options.today);
  const gaps = [...(options.gaps ?? []), ...newGaps(problems, options.gaps ?? [])];
  const blocking = blockingGaps(gaps, 'bioimage-archive');
  if (blocking.length > 0 && options.allowGaps !== true) return { status: 'refused', files: [], gaps };
  const files = await withBundleFolder(outFolder, options, async (folder) => {
    await folder.write('submission.tsv', pageTabTsv(submission));
    await folder.write('submission.json', pageTabJson(submission));
    for (const [name, list] of fileLists) {
      await folder.write(name, fileListTsv(list));
      await folder.write(name.replace(/\.tsv$/, '.json'), fileListJson(list));
    }
    await folder.write('upload.tsv', uploadList(study));
    if (options.roCrate !== false) {
      const crate = biaRoCrate(study);
      await folder.write('ro-crate/ro-crate-metadata.json', `${JSON.stringify(crate.metadata, null, 2)}\n`);
      await folder.write('ro-crate/file_list.tsv', crate.fileList);
    }
    await folder.write('README.md', readme(study, submission, blocking));
    await folder.write(CHECKSUMS, manifestSha256(folder.files));
    return folder.files;
  });
  return { status: blocking.length > 0 ? 'draft' : 'written', files, gaps };
}

/** Which faults of the form a gap explains, where the form's name is another. */
const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  Organism: ['Biosample'],
  'Biological entity': ['Biosample'],
  'Preparation method': ['Sample preparation protocol', 'Specimen'],
  'Instrument attributes': ['Imaging instrument', 'Image acquisition'],
  'Image acquisition parameters': ['Image acquisition'],
  'Imaging method': ['Image acquisition'],
  'Study component': ['Study Component', 'Biosample', 'Specimen', 'Image acquisition'],
  Authors: ['Organization'],
  Affiliation: ['Organization'],
  File: ['File List'],
};

/** Faults of the finished submission that no gap speaks of yet. */
function newGaps(problems: readonly Problem[], known: readonly Gap[]): Gap[] {
  const elements = new Set(known.flatMap((gap) => [gap.element, ...(EXPLAINED[gap.element] ?? [])]));
  return problems
    .filter((problem) => !elements.has(problem.element))
    .map((problem) => ({
      module: 'Study',
      element: problem.element,
      // The section; the element is named beside it.
      where: problem.where.split(', ')[0] ?? problem.where,
      severity: problem.severity,
      wrong: problem.wrong.replace(/^it /, '') + (problem.found === undefined ? '' : ` ("${oneLine(problem.found)}")`),
      remedy: problem.remedy,
      requiredBy: problem.severity === 'violation' ? ['bioimage-archive'] : [],
    }));
}

/** `omegraph-project-52`. */
function rootPathOf(study: StudyDescription): string {
  const name = `omegraph-${study.container}`.toLowerCase().replace(/[^0-9a-z]+/g, '-');
  return isAllowedPath(name) ? name : 'omegraph';
}

/** Where each file of the source goes below the root path. */
function uploadList(study: StudyDescription): string {
  const files = [...study.studyComponents, ...study.annotations].flatMap((part) => part.files);
  const rows = files.map((file) => [
    file.path,
    safePath(file.path),
    file.sizeBytes === undefined ? '' : String(file.sizeBytes),
  ]);
  return `${[['source', 'upload as', 'bytes'], ...rows].map(tsvRow).join('\n')}\n`;
}

function readme(study: StudyDescription, submission: PageTabSubmission, blocking: readonly Gap[]): string {
  const root = submission.attributes.find((attribute) => attribute.name === 'RootPath')?.value ?? '';
  const draft =
    blocking.length === 0
      ? []
      : [
          '**This is a draft.** The BioImage Archive requires what is still missing:',
          '',
          ...blocking.map((gap) => `- ${gapSentence(gap)}`),
          '',
        ];
  return [
    `# Submission to the BioImage Archive: ${study.title ?? study.container}`,
    '',
    ...draft,
    `1. Upload the files of \`upload.tsv\` into the folder \`${root}\` of your space at BioStudies (FTP or Aspera for large data),`,
    '   each under the name in its column `upload as`, together with the `file_list_*.tsv`.',
    '2. Hand in `submission.tsv` (or `submission.json`, which says the same) at https://www.ebi.ac.uk/biostudies/submissions.',
    '',
    'The folder `ro-crate` describes the study once more as the BioImage Archive’s RO-Crate, and is not part of that upload.',
    'Its accession `S-BIADXXXX` stands for the one that the archive will give.',
    '',
  ].join('\n');
}
