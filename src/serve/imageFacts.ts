import { DataFactory } from 'n3';
import { sparql } from '../graph/sparqlText.js';
import { numberText } from './factValue.js';
import { type Html, html } from './html.js';
import { link } from './page.js';
import { orNothing, type Row, type ServeContext, select } from './serveContext.js';

/** What one wants to know of an image at a glance: size, pixel size, when and with what it was taken, its channels. */
export async function imageFacts(context: ServeContext, iri: string, signal?: AbortSignal): Promise<Html | undefined> {
  const image = DataFactory.namedNode(iri);
  const [[core], channels, [instrument]] = await Promise.all([
    orNothing(
      select(
        context,
        sparql`SELECT * {
          ${image} dcterms:hasPart ?pixels . ?pixels a core:Pixels .
          OPTIONAL { ?pixels core:size_x ?x } OPTIONAL { ?pixels core:size_y ?y } OPTIONAL { ?pixels core:size_z ?z }
          OPTIONAL { ?pixels core:size_c ?c } OPTIONAL { ?pixels core:size_t ?t } OPTIONAL { ?pixels core:type ?type }
          OPTIONAL { ?pixels core:physical_size_x ?qx . ?qx omekg:value ?px ; omekg:unit ?unit }
          OPTIONAL { ?pixels core:physical_size_y ?qy . ?qy omekg:value ?py ; omekg:unit ?unitY }
          OPTIONAL { ?pixels core:physical_size_z ?qz . ?qz omekg:value ?pz ; omekg:unit ?unitZ }
        } LIMIT 1`,
        signal,
      ),
    ),
    orNothing(
      select(
        context,
        sparql`SELECT ?channel (SAMPLE(?n) AS ?name) (SAMPLE(?i) AS ?index) (SAMPLE(?f) AS ?fluor) (SAMPLE(?ex) AS ?excitation) (SAMPLE(?em) AS ?emission)
            (SAMPLE(?r) AS ?red) (SAMPLE(?g) AS ?green) (SAMPLE(?b) AS ?blue) {
          ${image} dcterms:hasPart ?pixels . ?pixels dcterms:hasPart ?channel . ?channel a core:Channel .
          OPTIONAL { ?channel rdfs:label ?n } OPTIONAL { ?channel core:channel_index ?i } OPTIONAL { ?channel core:fluor ?f }
          OPTIONAL { ?channel core:excitation_wavelength ?qe . ?qe omekg:value ?vx ; omekg:unit ?ux . BIND(CONCAT(STR(?vx), "\u00a0", ?ux) AS ?ex) }
          OPTIONAL { ?channel core:emission_wavelength ?qm . ?qm omekg:value ?vm ; omekg:unit ?um . BIND(CONCAT(STR(?vm), "\u00a0", ?um) AS ?em) }
          OPTIONAL { ?channel omekg:red ?r ; omekg:green ?g ; omekg:blue ?b }
        } GROUP BY ?channel ORDER BY ?index ?channel LIMIT 200`,
        signal,
      ),
    ),
    orNothing(
      select(
        context,
        sparql`SELECT * {
          OPTIONAL { ${image} core:acquisition_date ?date }
          OPTIONAL { ${image} core:instrument ?instrument
            OPTIONAL { ?instrument core:microscope ?m OPTIONAL { ?m core:manufacturer ?maker } OPTIONAL { ?m core:model ?model } } }
          OPTIONAL { ${image} core:objective_settings/core:objective ?objective
            OPTIONAL { ?objective core:model ?objectiveModel } OPTIONAL { ?objective core:nominal_magnification ?magnification } OPTIONAL { ?objective core:lens_na ?na } }
        } LIMIT 1`,
        signal,
      ),
    ),
  ]);
  const rows: (readonly [string, Html])[] = [
    ...(core ? [...sizeRow(core), ...pixelSizeRow(core)] : []),
    ...(instrument?.date
      ? [['Acquired', html`${instrument.date.value.replace('T', ' ').replace(/Z$/, ' UTC')}`] as const]
      : []),
    ...instrumentRows(context, instrument),
  ];
  if (rows.length === 0 && channels.length === 0) return undefined;
  return html`<section aria-label="At a glance">
<table class="facts">${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</table>
${channels.length > 0 && channelTable(context, channels)}
</section>`;
}

function sizeRow(row: Row): (readonly [string, Html])[] {
  const { x, y, z, c, t, type } = row;
  if (!x || !y) return [];
  const more = [
    z && z.value !== '1' && `${z.value} z planes`,
    t && t.value !== '1' && `${t.value} time points`,
    c && `${c.value} ${c.value === '1' ? 'channel' : 'channels'}`,
    type?.value.split('#').pop(),
  ].filter((part) => part);
  return [['Size', html`${x.value} × ${y.value} pixels${more.map((part) => `, ${part}`)}`]];
}

function pixelSizeRow({ px, py, pz, unit, unitY, unitZ }: Row): (readonly [string, Html])[] {
  if (!px || !unit) return [];
  const same = (u: Row[string]): boolean => u === undefined || u.value === unit.value;
  const sizes = [px, py, pz].filter((p) => p !== undefined).map((p) => numberText(p.value));
  if (same(unitY) && same(unitZ)) return [['Pixel size', html`${sizes.join(' × ')} ${unit.value}`]];
  const units = [unit, unitY, unitZ].map((u) => u?.value ?? '');
  return [['Pixel size', html`${sizes.map((s, i) => `${s} ${units[i]}`).join(' × ')}`]];
}

function instrumentRows({ links }: ServeContext, row: Row | undefined): (readonly [string, Html])[] {
  const rows: (readonly [string, Html])[] = [];
  if (row?.instrument) {
    const name = [row.maker?.value, row.model?.value].filter((part) => part).join(' ') || 'Instrument';
    rows.push(['Microscope', link(links, row.instrument.value, name)]);
  }
  if (row?.objective) {
    const power = row.magnification && `${numberText(row.magnification.value)}×`;
    const aperture = row.na && `NA ${numberText(row.na.value)}`;
    const model = row.objectiveModel?.value;
    const details = [power, aperture].filter((part) => part).join(', ');
    rows.push([
      'Objective',
      html`${link(links, row.objective.value, model ?? (details || 'Objective'))}${model && details && ` (${details})`}`,
    ]);
  }
  return rows;
}

function channelTable({ links }: ServeContext, channels: readonly Row[]): Html {
  const has = (name: string): boolean => channels.some((c) => c[name]);
  const wave = (value: string | undefined) => value?.replace(/^[^\u00a0]+/, numberText);
  return html`<h2>Channels</h2>
<div class="scroll"><table><thead><tr><th scope="col">Channel</th>${has('fluor') && html`<th scope="col">Fluorophore</th>`}${has('excitation') && html`<th scope="col" class="number">Excitation</th>`}${has('emission') && html`<th scope="col" class="number">Emission</th>`}</tr></thead><tbody>
${channels.map(
  (c, i) =>
    html`<tr><td>${swatch(c)}${c.channel && link(links, c.channel.value, c.name?.value ?? `Channel ${c.index?.value ?? i}`)}</td>${has('fluor') && html`<td>${c.fluor?.value}</td>`}${has('excitation') && html`<td class="number">${wave(c.excitation?.value)}</td>`}${has('emission') && html`<td class="number">${wave(c.emission?.value)}</td>`}</tr>\n`,
)}</tbody></table></div>`;
}

/** The colour of a channel; an SVG, because styles in the page are not allowed. */
function swatch({ red, green, blue }: Row): Html | undefined {
  const parts = [red, green, blue].map((c) => Number(c?.value ?? Number.NaN));
  if (!parts.every((p) => Number.isInteger(p) && p >= 0 && p <= 255)) return undefined;
  return html`<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="rgb(${parts.join(',')})"/></svg>`;
}
