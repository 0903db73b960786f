import type { Fact } from './entityData.js';
import { type Html, html } from './html.js';
import { type Links, localName, shortIri } from './links.js';
import { link } from './page.js';

const XSD = 'http://www.w3.org/2001/XMLSchema#';

/** A value as people read it: quantities with their unit, dates with a blank, IRIs by their label. */
export function factValue(links: Links, { predicate, value, label, number, unit }: Fact): Html {
  if (value.type === 'uri') {
    if (number !== undefined)
      return html`<span title="${value.value}">${numberText(number)}${unit && `\u00a0${unit}`}</span>`;
    return iriValue(links, value.value, label);
  }
  const language = value['xml:lang'];
  if (language !== undefined)
    return html`<span class="text">${value.value}</span> <span class="lang">@${language}</span>`;
  if (/\/size$/.test(predicate) && value.datatype === `${XSD}integer`) return html`${bytesText(Number(value.value))}`;
  switch (value.datatype) {
    case `${XSD}dateTime`:
      return html`${value.value.replace('T', ' ').replace(/Z$/, ' UTC')}`;
    case `${XSD}boolean`:
      return html`${value.value === 'true' ? 'yes' : 'no'}`;
    case `${XSD}double`:
    case `${XSD}decimal`:
      return html`${numberText(value.value)}`;
    default:
      return html`<span class="text">${value.value}</span>`;
  }
}

/** An IRI by its label, or in short; terms of ontologies with both. */
export function iriValue(links: Links, iri: string, label: string | undefined): Html {
  const short = iri.startsWith(`${links.base}/`) ? decodeSafely(iri.slice(links.base.length + 1)) : shortIri(iri);
  if (label === undefined) return link(links, iri, isEnumeration(iri) ? localName(iri) : short);
  return html`${link(links, iri, label)} <span class="iri">${short}</span>`;
}

const isEnumeration = (iri: string): boolean =>
  iri.startsWith('https://ld.openmicroscopy.org/core/') && iri.includes('#');

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A number without the noise of floating point: 0.10800000000000001 → 0.108; what is no number stays. */
export function numberText(lexical: string): string {
  const n = Number(lexical);
  return Number.isFinite(n) && lexical.trim() !== '' ? String(Number(n.toPrecision(12))) : lexical;
}

/** 1 048 576 → "1 MB (1048576 bytes)", in powers of 1000. */
function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return power === 0
    ? `${bytes} bytes`
    : `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]} (${bytes} bytes)`;
}
