import { isStainText } from './stainText.js';
import { outsideBrackets } from './typedValue.js';

/** What a text says of one channel; at least one part is there. */
export interface ChannelText {
  /** Which channel: its name, number, wavelength or colour. */
  readonly channel?: string | undefined;
  /** REMBI "Channel – content": the dye, fluorescent protein, antibody or contrast. */
  readonly content?: string | undefined;
  /** REMBI "Channel – biological entity": what it marks. */
  readonly biologicalEntity?: string | undefined;
}

const LONGEST = 2000;
const COLOUR =
  '(?:far[- ]red|deep[- ]red|infra-?red|near[- ]infra-?red|red|green|blue|yellow|magenta|cyan|orange|grey|gray|white)';
/** Names of channels that name no dye: numbers, wavelengths, colours, cameras, laser lines, light paths. */
const CHANNEL = new RegExp(
  `^(?:(?:channels?|chan|ch|c|w|exp|cam|camera|laser|track|filter)[ _.#]?\\d[\\d \\-–,&]*(?:cam\\d+)?|\\d{1,2}|\\d{3}(?: ?nm)?(?: (?:laser|channel|line|[LR]))?|${COLOUR}(?: channel)?|[A-Z]{2}\\d_[A-Z]{3,6})$`,
  'iu',
);
const CONTRAST = /^(?:bright-?\s?field|dark-?\s?field|phase[ -]contrast|transmitted(?: light)?)$/iu;
const EMPTY = /^(?:empty|none|blank|unused|not used|n\.?\/?a\.?|various|[-–—?]*)$/iu;
/** Beginnings of sentences about channels. */
const SENTENCE = /\b(?:channels|is|are|was|were|this|these|of|in)\b|[.!?]\s|:\/\//iu;
const COLOUR_END = new RegExp(`(?:\\s*[,(]|\\s+[-–])\\s*(${COLOUR})(?: \\d)?\\)?$`, 'iu');

/**
 * Reads the packed text of a key `Channels` (IDR, BioImage Archive): `Hoechst:nuclei; GFP:infection`, `DAPI:Cy3:A594`,
 * `EGFP (protein of interest), DRAQ5 (DNA)`, `ch00:DAPI(nuclei)`, `Exp1Cam1:Hoechst:DNA`, `FITC = Nup2-GFP`. Empty when the
 * text has no such form: a sentence, or a name that stands for nothing but itself.
 */
export function parseChannels(text: string): readonly ChannelText[] {
  if (text.length > LONGEST) return [];
  const plain = text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const pieces = separated(plain);
  const found: ChannelText[] = [];
  for (const piece of pieces) {
    const parts = onePiece(piece, pieces.length > 1);
    // One part that makes no sense casts doubt on all.
    if (parts === undefined) return [];
    found.push(...parts);
  }
  return found.filter((c) => c.content !== undefined || c.biologicalEntity !== undefined || c.channel !== undefined);
}

/** The pieces of a list: by semicolons, else by commas where each piece is one by itself. */
function separated(text: string): readonly string[] {
  const bySemicolon = outsideBrackets(text, ';');
  if (bySemicolon.length > 1) return bySemicolon;
  const byComma = outsideBrackets(text, ',');
  const assigned = byComma.filter((p) => isAssigned(p)).length;
  const isList = byComma.every((p) => isAssigned(p) || (p.length <= 30 && p.split(' ').length <= 3));
  // "DAPI:nuclei, cytoplasm": one assignment at the front may have a list behind it.
  if (byComma.length > 1 && isList && (assigned === 0 || assigned > 1 || !isAssigned(byComma[0] ?? ''))) return byComma;
  return bySemicolon;
}

const isAssigned = (piece: string): boolean => /^[^:=(]{1,60}(?:[:=]|\([^()]+\)$)/u.test(piece);

function onePiece(piece: string, inList: boolean): readonly ChannelText[] | undefined {
  if (piece.includes('://')) return undefined;
  const equals = /^([^=]{1,40}?) ?= ?([^=]+)$/u.exec(piece);
  if (equals !== null) return [assigned(equals[1] ?? '', equals[2] ?? '', true)];
  const [first = '', ...rest] = outsideBrackets(piece, ':');
  if (rest.length === 0) {
    const alone = bracketed(first);
    if (alone !== undefined && (inList || alone.channel !== undefined || isStainText(first))) return [alone];
    if (CHANNEL.test(first)) return inList ? [{ channel: first }] : undefined;
    if (SENTENCE.test(first) || first.length > 60) return undefined;
    return isStainText(first) || inList ? [{ content: first }] : undefined;
  }
  const names = [first, ...rest];
  // "DAPI:Cy3:A594": a list by colons; "405:DAPI" and "Alexa 488:Cy3" are none.
  if (names.length > 2 && names.every((n) => isStainText(n) && n.length <= 30))
    return names.map((content) => ({ content }));
  if (first.length > 60 || (SENTENCE.test(first) && !CHANNEL.test(first))) return undefined;
  // A time, a ratio.
  if (names.every((n) => /^\d+$/.test(n))) return undefined;
  const [second = '', ...third] = rest;
  if (third.length === 0) return [assigned(first, second, false)];
  const { channel } = channelOf(first);
  if (channel === undefined || third.length > 1) return undefined;
  return [{ ...assigned(second, third.join(': '), false), channel }];
}

/** `left:right`: channel and content, or content and entity. */
function assigned(left: string, right: string, sure: boolean): ChannelText {
  const named = channelOf(left);
  const colour = COLOUR_END.exec(right);
  const said = (colour === null ? right : right.slice(0, colour.index)).trim();
  const channel = named.channel ?? colour?.[1];
  if (EMPTY.test(said)) return { channel, content: named.content };
  if (named.channel !== undefined && named.content === undefined) {
    const inner = bracketed(said);
    return { channel, content: inner?.content ?? said, biologicalEntity: inner?.biologicalEntity };
  }
  const content = named.content ?? left;
  if (content.toLowerCase() === said.toLowerCase()) return { channel, content };
  // "TL: transmitted light", "BF: Brightfield"
  if (CONTRAST.test(said) && content.length <= 4) return { channel: channel ?? content, content: said };
  // "FITC = Nup2-GFP", "TRITC:Nup2-mCherry": the left is the light path of the fusion protein on the right.
  if (
    sure ||
    (said.split(' ').length <= 3 && /[A-Za-z0-9]-\S+$/u.test(said) && isStainText(said) && !sameName(left, said))
  )
    return { channel: channel ?? content, content: said };
  return { channel, content, biologicalEntity: said };
}

const sameName = (left: string, right: string): boolean => right.toLowerCase().startsWith(left.toLowerCase());

/** `Channel 1 (Cy5)` is a channel and its content; `405` a channel; `DAPI` neither. */
function channelOf(left: string): { readonly channel?: string; readonly content?: string } {
  if (CHANNEL.test(left) || /^Exp\d+Cam\d+$/i.test(left)) return { channel: left };
  const inBrackets = /^([^()]+?) ?\(([^()]+)\)$/u.exec(left);
  if (inBrackets !== null && CHANNEL.test(inBrackets[1] ?? ''))
    return { channel: inBrackets[1] ?? '', content: (inBrackets[2] ?? '').trim() };
  return {};
}

/** `DAPI (nuclei)`: content and entity; `C0 (Hoechst)`: channel and content. */
function bracketed(text: string): ChannelText | undefined {
  const found = /^([^()]{1,60}?) ?\(([^()]{1,80})\)$/u.exec(text);
  if (found === null) return undefined;
  const [, outer = '', inner = ''] = found;
  if (EMPTY.test(inner.trim())) return undefined;
  if (CHANNEL.test(outer)) return { channel: outer, content: inner.trim() };
  return SENTENCE.test(outer) ? undefined : { content: outer, biologicalEntity: inner.trim() };
}
