import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addChannels } from '../../src/map/channelTriples.js';
import { parseChannels } from '../../src/map/channels.js';
import { compile } from '../../src/map/compiled.js';
import { node, type Sink } from '../../src/map/sink.js';
import { context, sortedLines } from './mapContext.js';

/** Channels in short: `channel|content|entity`. */
const short = (text: string): string[] =>
  parseChannels(text).map((c) => [c.channel, c.content, c.biologicalEntity].map((p) => p ?? '').join('|'));

describe('a text of channels', () => {
  it.each([
    ['Hoechst:nuclei; GFP:infection', '|Hoechst|nuclei', '|GFP|infection'],
    ['Alexa 488/FITC:tubulin; DAPI:DNA', '|Alexa 488/FITC|tubulin', '|DAPI|DNA'],
    ['EGFP (protein of interest), DRAQ5 (DNA)', '|EGFP|protein of interest', '|DRAQ5|DNA'],
    ['YFP:DAD4; mRFP1:SPC42; DIC: whole cell', '|YFP|DAD4', '|mRFP1|SPC42', '|DIC|whole cell'],
    ['DAPI:nuclei;Alexa 488:EdU, proliferation', '|DAPI|nuclei', '|Alexa 488|EdU, proliferation'],
    ['lynEGFP:cell membranes', '|lynEGFP|cell membranes'],
  ])('gives contents with their entities: %s', (text, ...channels) => {
    expect(short(text)).toEqual(channels);
  });

  it.each([
    ['DAPI:Cy3:A594', '|DAPI|', '|Cy3|', '|A594|'],
    ['hoechst, scc1, sororin', '|hoechst|', '|scc1|', '|sororin|'],
    ['mScarlet; phase contrast', '|mScarlet|', '|phase contrast|'],
    ['Brightfield', '|Brightfield|'],
  ])('may be a list of contents: %s', (text, ...channels) => {
    expect(short(text)).toEqual(channels);
  });

  it.each([
    ['ch00:DAPI(nuclei);ch01:Alexa 488(target protein)', 'ch00|DAPI|nuclei', 'ch01|Alexa 488|target protein'],
    ['C0 (Hoechst), C1(mitoTracker)', 'C0|Hoechst|', 'C1|mitoTracker|'],
    [
      'Exp1Cam1:Hoechst:DNA;Exp3Cam3:Alexa647 phalloidin:F-actin',
      'Exp1Cam1|Hoechst|DNA',
      'Exp3Cam3|Alexa647 phalloidin|F-actin',
    ],
    ['594: EdU, 488: IF signal, DAPI', '594|EdU|', '488|IF signal|', '|DAPI|'],
    ['Channel 1 (Cy5): dibases AT; Channel 5: DAPI', 'Channel 1|Cy5|dibases AT', 'Channel 5|DAPI|'],
    ['FITC = Don1-GFP, mCherry = Nup49-mCherry', 'FITC|Don1-GFP|', 'mCherry|Nup49-mCherry|'],
    [
      'Laminin:basement membrane, green;Megalin:tubular lumen, far red',
      'green|Laminin|basement membrane',
      'far red|Megalin|tubular lumen',
    ],
    ['BF:Brightfield; DAPI:DNA', 'BF|Brightfield|', '|DAPI|DNA'],
    ['Channels 1-4: empty; Channel 5: DAPI', 'Channels 1-4||', 'Channel 5|DAPI|'],
    ['525:141NEDD1; 615:TUBG1-N', '525|141NEDD1|', '615|TUBG1-N|'],
  ])('may name its channels: %s', (text, ...channels) => {
    expect(short(text)).toEqual(channels);
  });

  it.each([
    'RGB',
    'tubulin',
    'tdTomato labels oligodendrocyte precursor cells (OPCs) and their progeny',
    'G channel of RGB image',
    'Two channels: channel 1 CMDiI staining of white matter tracts. Channel 2 cell nuclei staining',
    'Two channels in this stack: channel 2 are the raw images channel 1 are the segmented glomeruli.',
    '488 nm laser / 525/50 bandpass filter',
    'Wt1-GFP: Wt1-GFP - green, Wt1tm1Nhsn cells expressing GFP in cytoplasm, PNA:Peanut agglutinin - red',
    'https://example.org/channels',
    '12:30',
    '3',
    '',
    ':',
    ';;;',
  ])('stays a text when it has no such form: "%s"', (text) => {
    expect(short(text)).toEqual([]);
  });

  it('is read whatever stands between its parts, and hidden characters do not count', () => {
    expect(short('Hoechst : nuclei ;GFP:\tinfection')).toEqual(['|Hoechst|nuclei', '|GFP|infection']);
    expect(short('\ufeffHoechst\u200b:nuclei; GFP:infection\u202c')).toEqual(['|Hoechst|nuclei', '|GFP|infection']);
    expect(short(`${'Hoechst:nuclei; '.repeat(7_000_000)}`)).toEqual([]);
  });

  it('gives back every content and entity that it was made of', () => {
    const stain = fc.constantFrom('DAPI', 'Hoechst 33342', 'Alexa Fluor 488', 'mCherry', 'FITC', 'Cy3');
    const entity = fc.constantFrom('nuclei', 'F-actin', 'alpha-tubulin', 'cell membranes', 'DNA');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(stain, entity), { minLength: 2, maxLength: 5, selector: ([s]) => s }),
        fc.constantFrom('; ', ';', ', '),
        fc.constantFrom(':', ': '),
        (pairs, between, of) => {
          const text = pairs.map(([s, e]) => s + of + e).join(between);
          expect(short(text)).toEqual(pairs.map(([s, e]) => `|${s}|${e}`));
        },
      ),
    );
  });

  it('never throws and never invents a character', () => {
    const piece = fc.constantFrom(
      'DAPI',
      'GFP',
      ':',
      ';',
      ',',
      '(',
      ')',
      '=',
      ' ',
      '405',
      'red',
      '-',
      'ch1',
      'nuclei',
      '\u200b',
      'µ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 14 }).map((p) => p.join('')),
        ),
        (text) => {
          const letters = new Set(text.replace(/\s+/g, ' '));
          for (const c of parseChannels(text))
            for (const part of [c.channel, c.content, c.biologicalEntity])
              for (const letter of (part ?? '').replace(/ /g, '')) expect(letters.has(letter)).toBe(true);
        },
      ),
    );
  });
});

describe('channels in the graph', () => {
  it('are parts of the pair, and their contents belong to the objects that carry it', () => {
    const sink: Sink = {
      compiled: compile(context),
      quads: [],
      findings: [],
      rows: new Set(),
      described: new Set(),
      focus: 'Image:1',
    };
    const term = node('http://purl.obolibrary.org/obo/FBbi_00000444');
    const added = addChannels(
      sink,
      node('https://x.org/e'),
      [node('https://x.org/i')],
      '405: DAPI; GFP: nuclei',
      (kind) => (kind === 'stain' ? term : undefined),
    );
    expect(added).toBe(true);
    const lines = sortedLines(sink.quads).map((l) =>
      l.replaceAll('https://w3id.org/omegraph/', '').replaceAll('https://x.org/', ''),
    );
    expect(lines).toContain('<e> <ontology#channel> <e/channel/1> .');
    expect(lines).toContain('<e/channel/0> <http://www.w3.org/2000/01/rdf-schema#label> "405" .');
    expect(lines).toContain('<e/channel/1> <rembi#channelContent> "GFP" .');
    expect(lines).toContain('<e/channel/1> <rembi#channelBiologicalEntity> "nuclei" .');
    expect(lines).toContain('<e/channel/1> <http://schema.org/about> <http://purl.obolibrary.org/obo/FBbi_00000444> .');
    expect(lines.filter((l) => l.startsWith('<i> <rembi#'))).toEqual([
      '<i> <rembi#channelBiologicalEntity> "nuclei" .',
      '<i> <rembi#channelContent> "DAPI" .',
      '<i> <rembi#channelContent> "GFP" .',
    ]);
  });

  it('are none for a sentence', () => {
    const sink: Sink = {
      compiled: compile(context),
      quads: [],
      findings: [],
      rows: new Set(),
      described: new Set(),
      focus: 'Image:1',
    };
    expect(addChannels(sink, node('https://x.org/e'), [], 'all channels are empty')).toBe(false);
    expect(sink.quads).toEqual([]);
  });
});
