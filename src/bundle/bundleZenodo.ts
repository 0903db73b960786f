import { Ajv } from 'ajv';
import { DataFactory, type Store } from 'n3';
import { OmegraphError } from '../errors.js';
import { nquadsWriter } from '../rdf/nquads.js';
import { annotationsCsv } from './annotationsCsv.js';
import type { BundleResult } from './bundleBioImageArchive.js';
import { type BundleFile, type BundleFolder, CHECKSUMS, manifestSha256, withBundleFolder } from './bundleFolder.js';
import { citationCff } from './citationCff.js';
import { dataCite } from './dataCite.js';
import { planVolumes, volumeStream } from './dataVolumes.js';
import { blockingGaps, type Gap } from './gaps.js';
import { withoutEmails } from './identifiers.js';
import { legacyZenodo } from './legacyZenodo.js';
import { type CrateFile, roCrate } from './roCrate.js';
import { roCratePreview } from './roCratePreview.js';
import { type ReachableFiles, reachableFiles } from './sourceFiles.js';
import type { StudyDescription } from './studyDescription.js';
import { zenodoDraft } from './zenodoDraft.js';
import { ZENODO_DRAFT_SCHEMA } from './zenodoDraftSchema.js';
import { type DataNote, zenodoReadme } from './zenodoReadme.js';

export interface ZenodoOptions {
  /** What `readStudy` found missing. */
  readonly gaps?: readonly Gap[] | undefined;
  /** Writes a draft although required things are missing. */
  readonly allowGaps?: boolean | undefined;
  /** Replaces an existing folder. */
  readonly force?: boolean | undefined;
  /** Stops the writing; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  /** The container's graph, written into the bundle without e-mail addresses. */
  readonly graph?: Store | undefined;
  /** Packs the image files. */
  readonly withFiles?: boolean | undefined;
  /** Folder that the paths of the files are relative to. */
  readonly sourceRoot?: string | undefined;
  /** Size of a ZIP in bytes, about; 4 GB by default. */
  readonly volumeBytes?: number | undefined;
  /** Adds the custom fields of zenodo.org, which other InvenioRDM servers refuse; on by default. */
  readonly customFields?: boolean | undefined;
}

/** Files in a record of Zenodo, at most. */
const MOST_FILES = 100;
/** Bytes in a record of Zenodo without extra quota (decimal). */
const MOST_BYTES = 50e9;

const validateDraft = new Ajv({ allErrors: true, strict: false }).compile(ZENODO_DRAFT_SCHEMA);

/**
 * Writes a bundle for Zenodo into a new folder: the record's metadata (InvenioRDM and the older form), DataCite,
 * CITATION.cff, an RO-Crate 1.2 with preview, README, annotations, the graph, checksums, and with `withFiles` the images
 * in ZIPs. At most 100 files. Without `allowGaps` nothing is written while required things are missing.
 * @throws OmegraphError when the folder exists (unless `force`), cannot be written, or a file cannot be packed.
 */
export async function bundleZenodo(
  study: StudyDescription,
  outFolder: string,
  options: ZenodoOptions = {},
): Promise<BundleResult> {
  const files = study.studyComponents.flatMap((component) => component.files);
  const annotationFiles = study.annotations.flatMap((annotation) => annotation.files);
  const wanted = options.withFiles === true ? [...files, ...annotationFiles] : [];
  const reachable =
    options.sourceRoot === undefined ? { found: [], missing: [] } : await reachableFiles(wanted, options.sourceRoot);
  const draft = zenodoDraft(study, { customFields: options.customFields ?? true });
  const known = options.gaps ?? [];
  const gaps = [
    ...known.map(forZenodo),
    ...(blockingGaps(known, 'zenodo').length === 0 ? draftGaps(draft) : []),
    ...fileGaps(options, wanted.length, reachable),
  ];
  const blocking = blockingGaps(gaps, 'zenodo');
  if (blocking.length > 0 && options.allowGaps !== true) return { status: 'refused', files: [], gaps };
  const written = await withBundleFolder(outFolder, options, async (folder) => {
    const volumes = planVolumes(reachable.found, options.volumeBytes ?? 4e9, MOST_FILES - 20);
    const citation = citationCff(study);
    const note: DataNote = {
      volumes: volumes.map((volume) => volume.name),
      graph: options.graph !== undefined,
      citation: citation !== undefined,
      reason: whyNoData(options, wanted.length),
    };
    const parts: CrateFile[] = [];
    const add = async (file: Promise<BundleFile>, description: string): Promise<void> => {
      parts.push({ ...(await file), description });
    };
    for (const volume of volumes) {
      const names = `Image files, ${volume.files.length} in the folder data`;
      await add(folder.writeStream(volume.name, volumeStream(volume)), names);
    }
    await add(folder.write('README.md', zenodoReadme(study, note, blocking)), 'What is in this bundle');
    await add(folder.write('annotations.csv', annotationsCsv(study)), 'Key-value pairs and terms of every image');
    if (options.graph !== undefined) {
      await add(folder.write('graph.nt', graphText(options.graph)), 'The knowledge graph of the study');
    }
    await add(folder.write('datacite.json', json(dataCite(study))), 'Metadata of the record by DataCite 4.5');
    if (citation !== undefined) await add(folder.write('CITATION.cff', citation), 'How to cite the study');
    await add(folder.write('inveniordm-draft.json', json(draft)), 'The record for Zenodo and other InvenioRDM servers');
    await add(folder.write('.zenodo.json', json(legacyZenodo(study))), 'The record in the older form of Zenodo');
    await writeCrate(study, parts, folder);
    await folder.write(CHECKSUMS, manifestSha256(folder.files));
    if (folder.files.length > MOST_FILES) {
      throw new OmegraphError('limit', {
        where: outFolder,
        wrong: `the bundle has more than ${MOST_FILES} files, which Zenodo refuses`,
        found: String(folder.files.length),
        remedy: 'give a larger size of the ZIPs',
      });
    }
    return folder.files;
  });
  return { status: blocking.length > 0 ? 'draft' : 'written', files: written, gaps };
}

async function writeCrate(study: StudyDescription, parts: readonly CrateFile[], folder: BundleFolder): Promise<void> {
  const sorted = [...parts].sort((a, b) => (a.path < b.path ? -1 : 1));
  await folder.write('ro-crate-metadata.json', json(roCrate(study, sorted)));
  await folder.write('ro-crate-preview.html', roCratePreview(study, sorted));
}

/** What only other archives require is advice here. */
function forZenodo(gap: Gap): Gap {
  return gap.severity === 'violation' && !gap.requiredBy.includes('zenodo') ? { ...gap, severity: 'warning' } : gap;
}

function draftGaps(draft: object): Gap[] {
  if (validateDraft(draft)) return [];
  return (validateDraft.errors ?? []).map((error) => ({
    module: 'Study',
    element: error.instancePath.split('/').slice(1).join('.') || 'record',
    where: `inveniordm-draft.json${error.instancePath}`,
    severity: 'violation',
    wrong: error.message ?? 'is not valid',
    remedy: 'correct it in the study file',
    requiredBy: ['zenodo'],
  }));
}

function fileGaps(options: ZenodoOptions, wanted: number, reachable: ReachableFiles): Gap[] {
  if (options.withFiles !== true || wanted === 0) return [];
  const where = options.sourceRoot ?? 'source';
  const gap = { module: 'Files', element: 'Image files', where } as const;
  if (reachable.found.length === 0) {
    const wrong = 'could not be reached, so the bundle holds metadata only';
    const remedy = 'name the folder of the images with --source-root';
    return [{ ...gap, severity: 'warning', wrong, remedy, requiredBy: [] }];
  }
  const bytes = reachable.found.reduce((sum, file) => sum + file.stats.size, 0);
  const some = reachable.missing
    .slice(0, 3)
    .map((path) => `"${path}"`)
    .join(', ');
  return [
    ...(reachable.missing.length === 0
      ? []
      : [
          {
            ...gap,
            severity: 'violation' as const,
            wrong: `are missing: ${reachable.missing.length} of ${wanted}, such as ${some}`,
            remedy: 'put them there',
            requiredBy: ['zenodo' as const],
          },
        ]),
    ...(bytes <= MOST_BYTES
      ? []
      : [
          {
            ...gap,
            element: 'Size',
            severity: 'warning' as const,
            wrong: `is ${Math.ceil(bytes / 1e9)} GB and a record of Zenodo takes 50 GB`,
            remedy: 'ask Zenodo for more quota first',
            requiredBy: [],
          },
        ]),
  ];
}

function whyNoData(options: ZenodoOptions, wanted: number): string | undefined {
  if (options.withFiles !== true) return undefined;
  if (wanted === 0) return 'the source knows no files of the images';
  return 'the files of the images could not be reached when it was made';
}

/** Sorted N-Triples; e-mail addresses that people wrote into texts are left out. */
function graphText(graph: Store): string {
  const writer = nquadsWriter();
  const lines = graph.getQuads(null, null, null, null).map((quad) => {
    const { subject, predicate, object } = quad;
    const plain =
      object.termType === 'Literal' && object.value.includes('@')
        ? DataFactory.literal(withoutEmails(object.value), object.language || object.datatype)
        : object;
    return writer.line(DataFactory.quad(subject, predicate, plain));
  });
  return [...new Set(lines)].sort().join('');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
