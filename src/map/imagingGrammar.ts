import { foldTerm } from '../terms/foldTerm.js';
import { isNegated } from './valueText.js';

/** A method of FBbi and the words that say it. */
interface Method {
  /** Local part of its FBbi term. */
  readonly term: string;
  /** In folded text: lower case, dashes as blanks. */
  readonly words?: RegExp;
  /** Abbreviations in the text as written: in lower case most are words of their own. */
  readonly letters?: RegExp;
  /** Counts only when no other method is named: what most methods are too, or how long one looks. */
  readonly general?: true;
  /** The methods (local parts) that it is an addition to, or a special form of, besides those that FBbi puts above it. */
  readonly over?: readonly string[];
}

const CONFOCAL = '00000251';
const FLUORESCENCE = '00000246';
const EM = '00000256';
const SEM = '00000257';
const TEM = '00000258';
const SPIM = '00000369';
const MULTIPHOTON = '00000255';
const SIM = '00000332';
const XRAY = '00001003';

/** Methods by words, with the terms of FBbi 2020-11-06; what has none is in `OTHERS`. */
const METHODS: readonly Method[] = [
  {
    term: '00000254',
    words: /\b(?:two|2) ?photons?\b|\bdual photon\b/g,
    letters: /\b2P(?:M|EF|LSM|FM)?\b|\bTPLSM\b|\bTPEF\b|\bTPM\b/g,
    over: [CONFOCAL, MULTIPHOTON],
  },
  { term: MULTIPHOTON, words: /\b(?:multi|three|3) ?photons?\b/g, letters: /\bMPM\b|\b3P\b/g, over: [CONFOCAL] },
  {
    term: '00000253',
    words: /\bspinning ?dis[ck]s?\b|\bnipkow(?: dis[ck])?\b/g,
    letters: /\bSDCM?\b|\bSDCLM\b/g,
    over: [CONFOCAL],
  },
  {
    term: SPIM,
    words:
      /\b(?:lattice )?light ?sheets?\b|\b(?:selective|single|oblique) plane illumination\b|\bultramicroscop\w+|\bdigital scanned laser\b/g,
    letters: /\b[a-z]*SPIM\b|\bLL?SF?M\b(?<!\bLSM)|\bDSLM\b|\bmuvi ?spim\b/gi,
  },
  {
    term: '00000617',
    words: /\btotal internal reflect\w+|\bevanescent[ -](?:wave|field)\b/g,
    letters: /\b(?:smTIRF|TIRFM?|TIR-?FM)\b/gi,
  },
  {
    term: '00000334',
    words: /\bstimulat\w+ emission depletion\b/g,
    letters: /\bg?STED\b/g,
    over: [CONFOCAL, MULTIPHOTON],
  },
  { term: '00000336', words: /\bstochastic optical reconstruction\b/g, letters: /\bd?STORM\b/g },
  {
    term: '00000335',
    words: /\bphoto ?activat\w+ localis?z?ation\b/g,
    letters: /\b(?:F|spt|i)?PALM\b/g,
  },
  { term: '00000339', words: /\bpoint accumulation for imaging\b/g, letters: /\b(?:DNA-?)?PAINT\b/g },
  {
    term: SIM,
    words: /\bstructured illumination\b/g,
    letters: /\b(?:3D|2D|SR|i|lattice)?[- ]?SIM\b/g,
    over: [CONFOCAL],
  },
  { term: '00050000', words: /\bfocus+ed ion beam\b/g, letters: /\bFIB[- ]?SEM\b/gi, over: [SEM, EM] },
  {
    term: '00000585',
    words: /\bserial block ?face\b/g,
    letters: /\bSB[FE]?[- ]?(?:SEM|EM)\b/gi,
    over: [SEM, EM],
  },
  { term: '00000380', words: /\bscanning transmission electron\b/g, letters: /\bSTEM\b/g, over: [EM] },
  {
    term: TEM,
    words: /\btransmission electron\b|\b(?:transmission )?electron tomogra\w+/g,
    letters: /\b(?:immuno-?|cryo-?|ss)?TEM\b/g,
    over: [EM],
  },
  { term: SEM, words: /\b(?:field emission )?scanning electron\b/g, letters: /\b(?:FE-?|cryo-?)?SEM\b/g, over: [EM] },
  { term: EM, words: /\belectron microscop\w+|\bcryo ?em\b/g, letters: /\b(?:cryo-?|immuno-?|cryo)?EM\b/g },
  {
    term: CONFOCAL,
    words:
      /\b(?:laser |point |line )*(?:scanning )?confocal\w*\b|\blaser scanning microscop\w+|\bairyscan\b|\bkonfokal\w*/g,
    letters: /\bC?LSM\b|\bLSCM\b|\bCLSM\b/g,
  },
  {
    term: '00000245',
    words: /\bnomarski\b|\bdifferential inter(?:ference|phase)(?: contrast)?\b/g,
    letters: /\bDIC\b/g,
  },
  { term: '00000247', words: /\bphase ?contrast\b/g, letters: /\bPhC\b/g },
  { term: '00000244', words: /\bdark ?field\b/g },
  { term: '00000248', words: /\bpolari[sz](?:ation|ed|ing)(?: light)?\b/g },
  { term: '00000366', words: /\bfluorescence recovery after photo ?bleaching\b/g, letters: /\bi?FRAP\b/g },
  { term: '00000365', words: /\bfluorescence loss in photo ?bleaching\b/g, letters: /\bFLIP\b/g },
  {
    term: '00000367',
    words: /\b(?:f(?:o|oe)rster|fluorescence)?(?: resonance)? ?energy transfer\b/g,
    letters: /\b(?:sm|FLIM-)?FRET\b/g,
  },
  {
    term: '00000368',
    words: /\bfluorescence life ?time(?: imaging)?\b/g,
    letters: /\bFLIM\b/g,
    over: [MULTIPHOTON, CONFOCAL],
  },
  { term: '00000371', words: /\boptical coherence tomogra\w+/g, letters: /\bOCT\b/g },
  { term: '00000370', words: /\bcoherent anti ?stokes raman(?: scattering)?\b/g, letters: /\bCARS\b/g },
  {
    term: '00001002',
    words: /\b(?:x ray )?computed (?:micro ?)?tomogra\w+|\bx ray micro ?tomogra\w+|\bmicro ?ct\b|\bmu ?ct\b/g,
    letters: /\b(?:[µμ]|micro-?|nano-?)CT\b/g,
    over: [XRAY],
  },
  { term: XRAY, words: /\bx ray tomogra\w+/g },
  { term: '00000260', words: /\bx ray microscop\w+/g },
  { term: '00000259', words: /\batomic force\b/g, letters: /\bAFM\b/g },
  { term: '00000347', words: /\bscanning tunnell?ing\b/g },
  { term: '00000243', words: /\bbright ?field\b|\btransmitted(?: white)? light\b|\btransmission light\b/g },
  {
    term: '00000249',
    words: /\btime ?lapse\b|\blive(?: ?cell)? (?:imaging|microscop\w+)\b|\btime series imaging\b/g,
    general: true,
  },
  {
    term: FLUORESCENCE,
    words:
      /\b(?:wide ?field )?(?:immuno ?|epi ?)?fluorescen(?:ce|t)(?: (?:light )?(?:microscop\w+|imaging))\b|\b(?:wide ?field )?epi ?fluorescen\w+|\bwide ?field fluorescen\w+|^(?:immuno ?)?fluorescence$/g,
    general: true,
  },
  { term: '00000277', words: /^wide ?field$/g, general: true },
  { term: '00000345', words: /^(?:light|optical) microscop\w+$/g, general: true },
];
/** Methods that see no fluorescence: with "fluorescence" beside them a text names two. */
const WITHOUT_FLUORESCENCE = /^000002(?:4[3-5]|4[78]|5[6-9]|60)$|^0000058[05]$|^00000380$|^00050000$|^0000100/;
/** Kinds of methods of which FBbi has no term, or which are no method of microscopy: with them a text says more than one thing. */
const OTHERS =
  /\bphoto ?acoustic\b|\bopto ?acoustic\b|\braman\b(?! scattering)|\bmass spectro\w+|\b(?:spatial )?transcriptomic\w*|\bsequencing\b|\bultra ?sound\b|\bmagnetic resonance\b|\bmri\b|\bflow cytometr\w+|\bsecond harmonic\b|\bholograph\w+|\bptychograph\w+|\bquantitative phase\b|\bfluorescence correlation\b|\bcorrelative\b|\bclem\b|\bbioluminescen\w+|\bphotograph\w*|\bhistolog\w+/;
/** Words of a method's name that say nothing more. */
const NEUTRAL =
  /^(?:microscop\w*|imag(?:e|es|ing)|light|fluorescen(?:ce|t)|laser|scan(?:ning|ner)?|live|cells?|[2345] ?d|analysis|using|methods?|mode|high|super|ultra|resolution|res|throughput|content|speed|multi|single|dual|colou?r|channel|point|inverted|upright|digital|optical|in|vivo|vitro|of|the|by|and|with|on|a|an|via|based|system|setup|micrographs?|wide ?field|widefield|wide|field|contrast|excitation|emission|illumination|section(?:ing|s)?|serial|automated|confocal|unit|technique|acquisition|quantitative|volume|whole|mount|intravital|immuno|electron|scope|mikroskopie|cryo|interference|reconstruction|depletion|stimulated|localization|localisation|scattering|microscope|time|lapse|series)$/;
/** What is bought, and is no method: a text about it that names a method may say either. */
const PARTS = /\b(?:camera|detector|objective|s?cmos|emccd|ccd|lens|filter|software|stage|laser line|antibod\w+)\b/;
/** More words are a description, in which a method may be named for many reasons. */
const MOST_WORDS = 30;

/** What a text says about how something was imaged. */
export interface ImagingReading {
  /** CURIE of the method in FBbi; undefined when the text names none, several, or denies one. */
  readonly term: string | undefined;
  /** All methods that are named, for people to choose from. */
  readonly named: readonly string[];
  /** Whether the text has no other words than those for methods. */
  readonly whole: boolean;
  /** Why no method was taken. */
  readonly why?: string;
}

/**
 * Reads the words for imaging methods in a text: the most special one of one branch is meant. `isA` says which term of
 * FBbi is a kind of which.
 */
export function readImaging(text: string, isA: (curie: string, ancestor: string) => boolean): ImagingReading {
  const folded = foldTerm(text)
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
  let rest = folded;
  const found: Method[] = [];
  let written = text;
  for (const method of METHODS) {
    const words = method.words !== undefined && rest.search(method.words) >= 0;
    const letters = method.letters !== undefined && written.search(method.letters) >= 0;
    if (!words && !letters) continue;
    found.push(method);
    // What one method was read from is no other's: "scanning transmission electron" is not scanning electron microscopy.
    if (words && method.words) rest = rest.replace(method.words, ' ');
    if (letters && method.letters) {
      for (const [match] of written.matchAll(method.letters))
        rest = ` ${rest} `.replace(` ${foldTerm(match).replace(/[^\p{L}\p{N}]+/gu, ' ')} `, ' ').trim();
      written = written.replace(method.letters, ' ');
    }
  }
  const named = found.map((m) => `FBbi:${m.term}`);
  const unknown = rest.split(' ').filter((w) => w !== '' && !NEUTRAL.test(w));
  const whole = unknown.length === 0;
  const none = (why: string): ImagingReading => ({ term: undefined, named, whole, why });
  if (found.length === 0) return none('it names no method');
  if (isNegated(text)) return none('it says that something is not so');
  if (OTHERS.test(folded)) return none('it names a method that the ontology has no term for');
  if (folded.split(' ').length > MOST_WORDS) return none('it is a description');
  if (PARTS.test(rest) && !/microscop|imaging/.test(folded)) return none('it names a part of an instrument');
  const special = found.filter((m) => m.general !== true);
  const meant = special.length > 0 ? special : found;
  const above = (m: Method, other: Method): boolean =>
    m !== other && (other.over?.includes(m.term) === true || isA(`FBbi:${other.term}`, `FBbi:${m.term}`));
  const lowest = meant.filter((m) => !meant.some((other) => above(m, other)));
  const [one] = lowest;
  // Time lapse of fluorescence: how it looks counts more than for how long.
  if (special.length === 0 && found.length > 1 && one !== undefined) {
    const fluorescence = found.find((m) => m.term === FLUORESCENCE);
    return fluorescence ? { term: `FBbi:${FLUORESCENCE}`, named, whole } : none('it names several methods');
  }
  const both = found.some((m) => m.term === FLUORESCENCE) && one !== undefined && WITHOUT_FLUORESCENCE.test(one.term);
  if (lowest.length !== 1 || one === undefined || both) return none('it names several methods');
  return { term: `FBbi:${one.term}`, named, whole };
}
