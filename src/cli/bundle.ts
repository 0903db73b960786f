import { Command } from 'commander';
import { type BundleResult, bundleBioImageArchive } from '../bundle/bundleBioImageArchive.js';
import { bundleZenodo } from '../bundle/bundleZenodo.js';
import { type Archive, blockingGaps, type Gap, gapSentence } from '../bundle/gaps.js';
import { readStudy } from '../bundle/readStudy.js';
import { readStudyFile } from '../bundle/studyFile.js';
import { studyFileTemplate } from '../bundle/studyFileTemplate.js';
import { OmegraphError } from '../errors.js';
import { type GraphRecord, openRecord } from '../graph/record.js';
import { counted } from '../words.js';
import { clock } from './clock.js';
import { type CommonOptions, type Context, command, EXIT, type ExitCode, path, type Runtime } from './command.js';
import { writeWhole } from './writeWhole.js';

interface Options extends CommonOptions {
  readonly data?: string;
  readonly study?: string;
  readonly out?: string;
  readonly draft?: boolean;
  readonly force?: boolean;
  readonly withFiles?: boolean;
  readonly sourceRoot?: string;
  readonly template?: string;
}

/** A bundle with the gaps that keep it out of its archive. */
export interface MadeBundle extends BundleResult {
  readonly blocking: readonly Gap[];
  readonly out: string;
}

const ARCHIVES = {
  'bioimage-archive': 'a BioStudies PageTab submission (BioImages.v5) with file lists and a BIA RO-Crate',
  zenodo: 'a Zenodo deposit: metadata, DataCite, RO-Crate, README, graph, and with --with-files the images',
} as const satisfies Record<Archive, string>;

/** `omegraph bundle`: one container of the record → a folder that an archive accepts. */
export function bundleCommand(runtime: Runtime): Command {
  const made = new Command('bundle').description('pack a submission for an archive');
  for (const [archive, what] of Object.entries(ARCHIVES) as [Archive, string][]) {
    made.addCommand(
      command<Options>(runtime, {
        name: archive,
        summary: `write ${what}`,
        example: `omegraph bundle ${archive} Project:52 --study study.yaml --out ${archive}`,
        arguments: [
          {
            name: '[container]',
            description: 'which container, such as Project:52; needed when the record holds several',
          },
        ],
        options: (c) => {
          c.option('--data <folder>', 'data folder with the record', path)
            .option('--study <file>', 'study file (YAML): authors, licence, release date, funding', path)
            .option('--out <folder>', `folder to write (default: ${archive})`, path)
            .option('--draft', 'write the bundle although required things are missing, marked as a draft')
            .option('--force', 'replace the folder when it exists')
            .option('--template <file>', 'write a study file to fill in, with the keys that are missing', path);
          if (archive === 'zenodo') {
            c.option('--with-files', 'pack the image files as ZIP').option(
              '--source-root <folder>',
              'folder that was exported, where the image files are',
              path,
            );
          }
          return c;
        },
        action: async ([container], options, context) => {
          const bundle = await runBundle(archive, container, options, context);
          return report(archive, bundle, options, context);
        },
      }),
    );
  }
  return made;
}

/** Reads the study out of the record and writes the bundle; nothing is written when it has gaps and is no draft. */
export async function runBundle(
  archive: Archive,
  container: string | undefined,
  options: Options,
  context: Context,
): Promise<MadeBundle> {
  const { config } = context;
  const record = await openRecord(options.data ?? config.data);
  const chosen = chosenContainer(record, container);
  const graph = await record.dataset(chosen);
  const studyFile = options.study ?? config.study;
  const { study, gaps } = readStudy(graph, chosen, studyFile === undefined ? {} : await readStudyFile(studyFile));
  const out = options.out ?? archive;
  const common = { gaps, allowGaps: options.draft ?? false, force: options.force ?? false, signal: context.signal };
  const result =
    archive === 'zenodo'
      ? await bundleZenodo(study, out, {
          ...common,
          graph,
          withFiles: options.withFiles ?? false,
          sourceRoot: options.sourceRoot,
        })
      : await bundleBioImageArchive(study, out, { ...common, today: clock(context.io)().toISOString().slice(0, 10) });
  return { ...result, blocking: blockingGaps(result.gaps, archive), out };
}

function chosenContainer(record: GraphRecord, named: string | undefined): string {
  const all = record.manifest.containers.map((c) => c.container);
  if (named === undefined && all.length === 1 && all[0] !== undefined) return all[0];
  if (named !== undefined && all.includes(named)) return named;
  if (all.length === 0) {
    throw new OmegraphError('input', {
      where: record.folder,
      wrong: 'the record holds no container, so there is nothing to bundle',
      remedy: 'export files that hold OME metadata first',
    });
  }
  throw new OmegraphError('input', {
    where: 'container',
    wrong: named === undefined ? 'the record holds several containers' : 'the record does not hold this container',
    found: named,
    remedy: `name one of: ${all.slice(0, 10).join(', ')}${all.length > 10 ? ' …' : ''}`,
  });
}

async function report(
  archive: Archive,
  bundle: MadeBundle,
  options: Options,
  { terminal, json }: Context,
): Promise<ExitCode> {
  if (options.template !== undefined) {
    await writeWhole(options.template, studyFileTemplate(bundle.gaps));
    terminal.say(`A study file to fill in is in ${options.template}.`);
  }
  if (json) {
    const { status, out, gaps, blocking } = bundle;
    terminal.print(
      JSON.stringify({ status, archive, out, files: bundle.files, gaps, blocking: blocking.length }, null, 2),
    );
  } else {
    for (const gap of bundle.blocking) terminal.print(`missing: ${gapSentence(gap)}`);
    const advice = bundle.gaps.filter((gap) => !bundle.blocking.includes(gap));
    for (const gap of advice) terminal.say(`advice: ${gapSentence(gap)}`);
    terminal.print(
      {
        written: `Written: ${counted(bundle.files.length, 'file')} in ${bundle.out}.`,
        draft: `Written as a draft: ${counted(bundle.files.length, 'file')} in ${bundle.out}; ${archive} refuses it until the ${counted(bundle.blocking.length, 'gap')} above are filled.`,
        refused: `Nothing was written: ${counted(bundle.blocking.length, 'required thing')} missing. Fill them in, or write a draft with --draft; --template study.yaml writes a study file to fill in.`,
      }[bundle.status],
    );
  }
  return bundle.blocking.length > 0 ? EXIT.below : EXIT.done;
}
