import { Command } from 'commander';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import { type AddedOntology, addOntology, ontologyFiles, updateOntologies } from '../terms/build/addOntology.js';
import { openTermIndex, type TermIndex } from '../terms/termIndex.js';
import { type CommonOptions, type Context, command, EXIT, type Runtime } from './command.js';
import { online } from './online.js';
import { columns } from './terminal.js';

const SHIPPED = ['terms.idx', 'edam-bioimaging.idx'].map((name) =>
  fileURLToPath(new URL(`../../ontologies/${name}`, import.meta.url)),
);

/** Folder of the ontologies that a site adds. */
export function termsFolder(config: Config): string {
  return join(config.data, 'terms');
}

/** Index files of the shipped ontologies, and those that the site added over them. */
export async function siteTermFiles(config: Config): Promise<readonly string[]> {
  return [...SHIPPED, ...(config.terms.ontologies ?? []), ...(await ontologyFiles(termsFolder(config)))];
}

/** The shipped ontologies, with those that the site added over them. */
export async function siteTerms(config: Config): Promise<TermIndex> {
  return openTermIndex(await siteTermFiles(config));
}

/** `omegraph terms`: look at the ontologies, and add some. */
export function termsCommand(runtime: Runtime): Command {
  const made = new Command('terms').description('find ontology terms, list the ontologies, add and update some');
  made.addCommand(
    command<CommonOptions & { readonly ontology?: string; readonly online?: boolean }>(runtime, {
      name: 'find',
      summary: 'find the terms with a name, and those with similar names',
      example: 'omegraph terms find "spinning disk" --ontology FBbi',
      arguments: [{ name: '<text>', description: 'a label, a synonym, a CURIE or an IRI' }],
      options: (c) =>
        c
          .option('--ontology <prefixes>', 'prefixes of ontologies, with commas between them')
          .option(
            '--online',
            'ask the terminology service too (terms.ols in the configuration): the text leaves this machine',
          ),
      action: async ([text = ''], options, context) => {
        const index = await siteTerms(context.config);
        const among = options.ontology?.split(',').map((p) => p.trim());
        const here = foundTerms(index, text, among);
        const found = options.online ? [...here, ...(await foundOnline(text, among, here, context))] : here;
        if (context.json) context.terminal.print(JSON.stringify(found, null, 2));
        else if (found.length === 0) context.terminal.print('No term has this name or a similar one.');
        else
          context.terminal.print(
            columns(
              found.map((f) => [f.curie, f.label, `${f.by}${f.name === f.label ? '' : `: ${f.name}`}`, f.remark]),
            ),
          );
        return EXIT.done;
      },
    }),
  );
  made.addCommand(
    command<CommonOptions>(runtime, {
      name: 'list',
      summary: 'list the ontologies with terms, version and licence',
      example: 'omegraph terms list',
      action: async (_args, _options, context) => {
        const { ontologies } = await siteTerms(context.config);
        if (context.json) context.terminal.print(JSON.stringify(ontologies, null, 2));
        else context.terminal.print(columns(ontologies.map((o) => [o.prefix, o.terms, o.version, o.licence, o.title])));
        return EXIT.done;
      },
    }),
  );
  made.addCommand(
    command<CommonOptions & { readonly prefix?: string; readonly licence?: string }>(runtime, {
      name: 'add',
      summary: 'add an ontology: OBO, OWL or SKOS in RDF/XML or Turtle, OBO Graphs JSON, packed or not',
      example: 'omegraph terms add http://purl.obolibrary.org/obo/fbbi.owl',
      arguments: [{ name: '<source>', description: 'file or address (http, https)' }],
      options: (c) =>
        c
          .option('--prefix <prefix>', 'prefix of the terms to take, when the file does not tell')
          .option('--licence <licence>', 'licence, when the file does not tell'),
      action: async ([source = ''], { prefix, licence }, context) => {
        const added = await addOntology(source, termsFolder(context.config), {
          prefix,
          licence,
          signal: context.signal,
        });
        context.terminal.print(context.json ? JSON.stringify(summary(added), null, 2) : told(added));
        return EXIT.done;
      },
    }),
  );
  made.addCommand(
    command<CommonOptions>(runtime, {
      name: 'update',
      summary: 'read the ontologies that were added from their sources again',
      example: 'omegraph terms update',
      action: async (_args, _options, context) => {
        const results: unknown[] = [];
        let failures = 0;
        for await (const result of updateOntologies(termsFolder(context.config), { signal: context.signal })) {
          if ('error' in result) failures++;
          const said = 'error' in result ? result.error.message : told(result.added);
          results.push('error' in result ? { prefix: result.prefix, error: said } : summary(result.added));
          if (!context.json) context.terminal.print(said);
        }
        if (context.json) context.terminal.print(JSON.stringify(results, null, 2));
        else if (results.length === 0) context.terminal.print('No ontology was added yet.');
        return failures === 0 ? EXIT.done : EXIT.partial;
      },
    }),
  );
  return made;
}

interface FoundTerm {
  readonly curie: string;
  readonly iri: string;
  readonly label: string;
  readonly by: string;
  readonly name: string;
  readonly remark: string;
}

function foundTerms(index: TermIndex, text: string, ontologies: readonly string[] | undefined): FoundTerm[] {
  const exact = index.term(text);
  const named = [
    ...(exact === undefined ? [] : [{ term: exact, by: 'identifier', text: exact.label }]),
    ...index.find(text, ontologies),
  ];
  const among = ontologies ?? index.ontologies.map((o) => o.prefix).filter((p) => p !== 'NCBITaxon');
  const similar = index
    .suggest(text, among, 8)
    .filter((s) => !named.some((n) => n.term.curie === s.term.curie))
    .map((s) => ({ term: s.term, by: `similar ${s.score.toFixed(2)}`, text: s.by }));
  return [...named, ...similar].map(({ term, by, text: name }) => ({
    curie: term.curie,
    iri: term.iri,
    label: term.label,
    by,
    name,
    remark: term.obsolete ? `obsolete${term.replacedBy === undefined ? '' : `, use ${term.replacedBy}`}` : '',
  }));
}

async function foundOnline(
  text: string,
  among: readonly string[] | undefined,
  here: readonly FoundTerm[],
  context: Context,
): Promise<FoundTerm[]> {
  const service = online(context, 'your words');
  const terms = (await service.client.search(text, among ?? [], 10)) ?? [];
  service.report();
  const known = new Set(here.map((f) => f.curie));
  return terms
    .filter((t) => !known.has(t.curie))
    .map(({ curie, iri, label, score }) => {
      return { curie, iri, label, by: `online ${score.toFixed(2)}`, name: label, remark: service.client.base };
    });
}

function summary({ file, ontology, notes, others }: AddedOntology): object {
  const { prefix, title, version, licence, source, terms } = ontology;
  return { file, prefix, title, version, licence, source, terms, notes, others: Object.fromEntries(others) };
}

function told({ file, ontology, notes, others }: AddedOntology): string {
  const { prefix, terms, version, licence } = ontology;
  const left = [...others].map(([p, count]) => `${count} of ${p}`).join(', ');
  return [
    `${prefix}: ${terms} terms, version ${version}, licence ${licence}, in ${file}`,
    ...(left === '' ? [] : [`  left out, of other ontologies: ${left}`]),
    ...notes.map((n) => `  ${n.where}: ${n.wrong}${n.found === undefined ? '' : ` ("${n.found}")`}`),
  ].join('\n');
}
