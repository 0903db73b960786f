import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText } from '../../src/map/dateText.js';
import { casChecks, orcidChecks, rorChecks } from '../../src/map/identifierSchemes.js';
import { identifierText } from '../../src/map/identifierText.js';
import { numberOf, quantityText } from '../../src/map/quantityText.js';
import { addTypedValue, outsideBrackets, parseTypedValue, splitValues } from '../../src/map/typedValue.js';
import { valueUnit } from '../../src/map/valueUnits.js';
import { compile } from '../../src/map/compiled.js';
import { node, type Sink } from '../../src/map/sink.js';
import { type ValueKind, VALUE_KINDS } from '../../src/terms/valueKinds.js';
import { context, sortedLines } from './mapContext.js';

/** A quantity in short: number or range, with comparator and symbol. */
function short(text: string, unitFromKey?: string): string | undefined {
  const q = quantityText(text, unitFromKey);
  if (q === undefined) return undefined;
  const number = q.value ?? `${q.minimum ?? ''}…${q.maximum ?? ''}`;
  return `${q.comparator ?? ''}${number} ${q.unit.symbol}`;
}

describe('a quantity', () => {
  it.each([
    ['37 °C', '37 °C'],
    ['37°C', '37 °C'],
    ['37oC', '37 °C'],
    ['37 ºC', '37 °C'],
    ['37 ℃', '37 °C'],
    ['-80 °C', '-80 °C'],
    ['−80 °C', '-80 °C'],
    ['37 degrees Celsius', '37 °C'],
    ['5 µM', '5 µM'],
    ['5 μM', '5 µM'],
    ['5uM', '5 µM'],
    ['5 um', '5 µm'],
    ['5 mM', '5 mM'],
    ['5 mm', '5 mm'],
    ['10 nM', '10 nM'],
    ['10 nm', '10 nm'],
    ['0.3 micromolar', '0.3 µM'],
    ['0.04 milligram per milliliter', '0.04 mg/mL'],
    ['25 microgram per milliliter', '25 µg/mL'],
    ['10 mg kg-1', '10 mg/kg'],
    ['1 nmole', '1 nmol'],
    ['60 min', '60 min'],
    ['5 minutes', '5 min'],
    ['90 seconds', '90 s'],
    ['15 weeks', '15 wk'],
    ['15 weeks old', '15 wk'],
    ['6-week-old', '6 wk'],
    ['50 years', '50 a'],
    ['7 days', '7 d'],
    ['0h (control)', '0 h'],
    ['40x', '40 ×'],
    ['5 %', '5 %'],
    ['80 kV', '80 kV'],
    ['1e-3 M', '0.001 M'],
    ['2.5 × 10^-6 M', '0.0000025 M'],
    ['1,234.5 nm', '1234.5 nm'],
    ['37,5 °C', '37.5 °C'],
    ['0,375 mm', '0.375 mm'],
    ['5 Gy', '5 Gy'],
  ])('%s is %s', (text, expected) => {
    const [number = '', symbol] = expected.split(' ');
    expect(short(text)).toBe(`${Number(number)} ${symbol}`);
  });

  it.each([
    ['10-20 µm', '10…20 µm'],
    ['10–20 µm', '10…20 µm'],
    ['10 to 20 µm', '10…20 µm'],
    ['between 10 and 200 ms', '10…200 ms'],
    ['35oC - 37oC', '35…37 °C'],
    ['8 to 14 week old', '8…14 wk'],
    ['-80 - -60 °C', '-80…-60 °C'],
    ['<5 %', '<…5 %'],
    ['≥ 20 nm', '>=20… nm'],
    ['~37 °C', '~37 °C'],
    ['ca. 3 h', '~3 h'],
    ['37 ± 0.5 °C', '~37 °C'],
  ])('may be a range or a comparison: %s', (text, expected) => {
    expect(short(text)).toBe(expected);
  });

  it('takes the unit of its key when it has none, and its own when it has one', () => {
    expect(short('1.25', 'µM')).toBe('1.25 µM');
    expect(short('10-20', '°C')).toBe('10…20 °C');
    expect(short('5 nM', 'µM')).toBe('5 nM');
    expect(short('5 m', 'm')).toBe('5 m');
    expect(short('1.25')).toBeUndefined();
  });

  it.each([
    '1,500 nm',
    '10,20 µm',
    '5 m',
    '5 A',
    '10K',
    '5 UM',
    '5 MM',
    'MDA-MB-231',
    'E8.5',
    'day 4',
    '3 days after treatment start',
    '5 µM nocodazole',
    '1% PFA',
    '20-10 µm',
    '10 µm - 20 nm',
    '1e999 nm',
    '488 nm laser',
    '',
    '°C',
    '..5 nm',
    'R1',
    '2 x 10^5 cells',
  ])('is not read out of "%s"', (text) => {
    expect(short(text)).toBeUndefined();
  });

  it('has codes of UCUM and names of QUDT that differ by case of the symbol', () => {
    expect(valueUnit('mM')).toMatchObject({ ucum: 'mmol/L', qudt: 'MilliMOL-PER-L' });
    expect(valueUnit('mm')).toMatchObject({ ucum: 'mm', qudt: 'MilliM' });
    expect(valueUnit('uM')).toMatchObject({ symbol: 'µM', ucum: 'umol/L' });
    expect(valueUnit('um')).toMatchObject({ symbol: 'µm', ucum: 'um' });
    expect(valueUnit('h')).toMatchObject({ ucum: 'h', qudt: 'HR' });
    expect(valueUnit('nonsense')).toBeUndefined();
  });

  it('survives being written with any of its symbols', () => {
    const symbols = ['nm', 'µm', 'mm', 'nM', 'µM', 'mM', '°C', 's', 'min', 'h', 'd', 'wk', '%', 'mg/mL', 'kV', 'mg/kg'];
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
        fc.constantFrom(...symbols),
        fc.constantFrom('', ' '),
        (number, symbol, gap) => {
          expect(quantityText(`${number}${gap}${symbol}`)).toEqual({
            value: number === 0 ? 0 : number,
            unit: valueUnit(symbol),
          });
        },
      ),
    );
  });

  it('has a number that reads the same with a decimal comma where that is plain', () => {
    expect(numberOf('9,42')).toBe(9.42);
    expect(numberOf('-14,37')).toBe(-14.37);
    expect(numberOf('1.234,5')).toBe(1234.5);
    expect(numberOf('1,234,567')).toBe(1_234_567);
    expect(numberOf('1,234')).toBeUndefined();
    expect(numberOf('1,2,3')).toBeUndefined();
  });
});

describe('a duration', () => {
  it.each([
    ['1 h 30 min', 90, 'min'],
    ['1h30m', 90, 'min'],
    ['2 days, 4 hours', 52, 'h'],
    ['PT90M', 90, 'min'],
    ['P1DT12H', 36, 'h'],
    ['PT1.5S', 1.5, 's'],
  ])('of several units, %s, is counted in the smallest', (text, value, symbol) => {
    expect(parseTypedValue('quantity', text)).toMatchObject({ type: 'duration', value, unit: { symbol } });
  });

  it.each(['30 min 1 h', '1 h 30 nm', 'P', 'PT', '1 day 1 month', 'PKM2'])('is not read out of "%s"', (text) => {
    expect(parseTypedValue('quantity', text)).toBeUndefined();
  });
});

describe('a date', () => {
  it.each([
    ['2016-04-27', '2016-04-27'],
    ['2016-04', '2016-04'],
    ['2016', '2016'],
    ['20160427', '2016-04-27'],
    ['23/06/2016', '2016-06-23'],
    ['06/23/2016', '2016-06-23'],
    ['12/12/2016', '2016-12-12'],
    ['3.4.2020', '2020-04-03'],
    ['27 April 2016', '2016-04-27'],
    ['Apr 27, 2016', '2016-04-27'],
    ['27. Mai 2016', '2016-05-27'],
    ['March 2020', '2020-03'],
    ['2016-04-27 10:15:00', '2016-04-27T10:15:00'],
    ['2016-04-27T10:15Z', '2016-04-27T10:15:00Z'],
    ['2016-04-27T10:15:00+0200', '2016-04-27T10:15:00+02:00'],
    ['29.02.2020', '2020-02-29'],
  ])('%s is %s', (text, date) => {
    expect(dateText(text)?.date).toBe(date);
  });

  it.each([
    '03/04/2020',
    '02-12-2016',
    '30.02.2020',
    '29/02/2019',
    '2016-13-01',
    '150616',
    '32/01/2020',
    'marrow 2016',
    '31 April 2016',
    'yesterday',
    '',
  ])('is not made of "%s"', (text) => {
    expect(dateText(text)).toBeUndefined();
  });

  it('written as ISO is read as it is', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        expect(dateText(iso.slice(0, 10))?.date).toBe(iso.slice(0, 10));
        expect(dateText(iso)?.date).toBe(iso);
      }),
    );
  });
});

describe('an identifier', () => {
  const iri = (kind: ValueKind, text: string, key?: string): string | undefined => identifierText(kind, text, key)?.iri;
  it.each([
    ['person', '0000-0002-1825-0097', 'https://orcid.org/0000-0002-1825-0097'],
    ['person', 'http://orcid.org/0000-0002-1694-233x', 'https://orcid.org/0000-0002-1694-233X'],
    ['identifier', 'https://doi.org/10.1038/S41592-021-01166-8', 'https://doi.org/10.1038/s41592-021-01166-8'],
    ['text', 'doi:10.1016/j.devcel.2006.02.019', 'https://doi.org/10.1016/j.devcel.2006.02.019'],
    ['organization', '05dxps055', 'https://ror.org/05dxps055'],
    ['organization', 'https://ror.org/02feahw73', 'https://ror.org/02feahw73'],
    ['antibody', 'AB_868901', 'https://identifiers.org/RRID:AB_868901'],
    ['antibody', 'RRID: AB_868901', 'https://identifiers.org/RRID:AB_868901'],
    ['antibody', 'http://antibodyregistry.org/AB_868901', 'https://identifiers.org/RRID:AB_868901'],
    ['identifier', 'PMID: 25961403', 'https://identifiers.org/pubmed:25961403'],
    ['identifier', 'https://pubmed.ncbi.nlm.nih.gov/25961403/', 'https://identifiers.org/pubmed:25961403'],
    ['identifier', 'PMC4437654', 'https://identifiers.org/pmc:PMC4437654'],
    ['gene', 'ENSG00000062650', 'https://identifiers.org/ensembl:ENSG00000062650'],
    ['gene', 'ENSMUSG00000062650.3', 'https://identifiers.org/ensembl:ENSMUSG00000062650'],
    ['gene', 'YDR536W', 'https://identifiers.org/sgd:YDR536W'],
    ['gene', 'https://www.ncbi.nlm.nih.gov/gene/4071', 'https://identifiers.org/ncbigene:4071'],
    ['gene', 'FBgn0000251', 'https://identifiers.org/flybase:FBgn0000251'],
    ['gene', 'HGNC:1100', 'https://identifiers.org/hgnc:1100'],
    ['protein', 'P04637', 'http://purl.uniprot.org/uniprot/P04637'],
    ['gene', 'UniProtKB:P04637', 'http://purl.uniprot.org/uniprot/P04637'],
    ['compound', 'DNVXATUJJDPFDM-KRWDZBQOSA-N', 'https://identifiers.org/inchikey:DNVXATUJJDPFDM-KRWDZBQOSA-N'],
    ['compound', 'CHEMBL521', 'https://identifiers.org/chembl.compound:CHEMBL521'],
    [
      'gene',
      'https://www.ebi.ac.uk/chembldb/target/inspect/CHEMBL3810',
      'https://identifiers.org/chembl.target:CHEMBL3810',
    ],
    ['compound', 'CID65492', 'http://rdf.ncbi.nlm.nih.gov/pubchem/compound/CID65492'],
    ['compound', 'CID: 65492', 'http://rdf.ncbi.nlm.nih.gov/pubchem/compound/CID65492'],
    ['compound', '50-00-0', 'https://identifiers.org/cas:50-00-0'],
    ['identifier', 'S-BIAD15', 'https://identifiers.org/biostudies:S-BIAD15'],
  ] as const)('as a %s, %s is %s', (kind, text, expected) => {
    expect(iri(kind, text)).toBe(expected);
  });

  it('that is a mere number needs a key that names its registry', () => {
    expect(iri('identifier', '25961403', 'Study PubMed ID')).toBe('https://identifiers.org/pubmed:25961403');
    expect(iri('gene', '4071', 'Entrez Gene Identifier')).toBe('https://identifiers.org/ncbigene:4071');
    expect(iri('compound', '65492', 'PubChem_CID')).toContain('CID65492');
    expect(iri('gene', '4071', 'ORF Identifier')).toBeUndefined();
    expect(iri('identifier', '25961403')).toBeUndefined();
  });

  it.each([
    ['person', '0000-0002-1825-0098'],
    ['organization', '05dxps056'],
    ['compound', '50-00-1'],
    ['gene', 'MYC'],
    ['gene', 'CHEMBL3810'],
    ['cellLine', 'P04637'],
    ['gene', 'YAL'],
    ['text', 'see 10.1038/x and 10.1038/y for more'],
  ] as const)('is not read out of %s "%s"', (kind, text) => {
    expect(iri(kind, text)).toBeUndefined();
  });

  it('with one digit changed fails its check', () => {
    const digit = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), digit, (at, more) => {
        const digits = [...'0000000218250097'];
        digits[at] = String((Number(digits[at]) + more) % 10);
        expect(orcidChecks(digits.join(''))).toBe(false);
      }),
    );
    expect(rorChecks('02feahw73')).toBe(true);
    expect(rorChecks('02feahw37')).toBe(false);
    expect(casChecks('7732-18-5')).toBe(true);
    expect(casChecks('7732-18-4')).toBe(false);
  });
});

describe('several values in one text', () => {
  const known = new Set(['Homo sapiens', 'Mus musculus', 'N,N-dimethylformamide', 'ethanol']);
  const grounds = (part: string): boolean => known.has(part);
  it.each([
    ['organism', 'Homo sapiens; Mus musculus', ['Homo sapiens', 'Mus musculus']],
    ['organism', 'Homo sapiens, Mus musculus', ['Homo sapiens', 'Mus musculus']],
    ['organism', 'Homo sapiens, mostly female', ['Homo sapiens, mostly female']],
    ['compound', 'N,N-dimethylformamide', ['N,N-dimethylformamide']],
    ['compound', 'N,N-dimethylformamide; ethanol', ['N,N-dimethylformamide', 'ethanol']],
    ['compound', '(2R,3S)-butane-2,3-diol; hydrate', ['(2R,3S)-butane-2,3-diol; hydrate']],
    [
      'identifier',
      '10.1016/j.devcel.2006.02.019; 10.1038/nature13852',
      ['10.1016/j.devcel.2006.02.019', '10.1038/nature13852'],
    ],
    ['gene', 'ENSG00000062650, ENSG00000113810', ['ENSG00000062650', 'ENSG00000113810']],
    ['cellType', 'neuron (CA1; CA3)', ['neuron (CA1; CA3)']],
    ['text', 'one; two', ['one; two']],
  ] as const)('%s "%s"', (kind, value, parts) => {
    expect(splitValues(kind, value, grounds)).toEqual(parts);
  });

  it('are never split within brackets, and no character but separators and blanks is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ';', '(', ')', ' ', '[', ']') }), (text) => {
        const parts = outsideBrackets(text, ';');
        const letters = (s: string): string => s.replace(/[; ]/g, '');
        expect(letters(parts.join(''))).toBe(letters(text));
      }),
    );
  });
});

describe('typed values in the graph', () => {
  const linesOf = (kind: ValueKind, value: string, unit?: string, key?: string): string[] => {
    const sink: Sink = {
      compiled: compile(context),
      quads: [],
      findings: [],
      rows: new Set(),
      described: new Set(),
      focus: 'Image:1',
    };
    addTypedValue(sink, node('https://x.org/e'), kind, value, unit, key);
    return sortedLines(sink.quads).map((line) => line.replaceAll('https://w3id.org/omegraph/ontology#', 'omg:'));
  };

  it('are the shared quantities of layer 1, with UCUM and QUDT', () => {
    const [itself, rdf] = [
      '<https://omero.example.org/quantity/µM/5e0>',
      'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    ];
    expect(linesOf('dose', '5 uM')).toEqual([
      `${itself} <http://qudt.org/schema/qudt/ucumCode> "umol/L" .`,
      `${itself} <http://qudt.org/schema/qudt/unit> <http://qudt.org/vocab/unit/MicroMOL-PER-L> .`,
      `${itself} <${rdf}type> <http://qudt.org/schema/qudt/QuantityValue> .`,
      `${itself} <https://ld.openmicroscopy.org/omekg#unit> "µM" .`,
      `${itself} <https://ld.openmicroscopy.org/omekg#value> "5e0"^^<http://www.w3.org/2001/XMLSchema#double> .`,
      `<https://x.org/e> <omg:quantity> ${itself} .`,
    ]);
  });

  it('are both ends of a range, typed dates and IRIs of identifiers', () => {
    const ends = linesOf('quantity', '10-20', 'nm').filter((l) => l.startsWith('<https://x.org/e>'));
    expect(ends).toEqual([
      '<https://x.org/e> <omg:maximum> <https://omero.example.org/quantity/nm/20e0> .',
      '<https://x.org/e> <omg:minimum> <https://omero.example.org/quantity/nm/10e0> .',
    ]);
    expect(linesOf('date', '23/06/2016')).toEqual([
      '<https://x.org/e> <omg:date> "2016-06-23"^^<http://www.w3.org/2001/XMLSchema#date> .',
    ]);
    expect(linesOf('date', '2016-04')[0]).toContain('XMLSchema#gYearMonth');
    expect(linesOf('gene', '4071', undefined, 'Entrez Gene')).toEqual([
      '<https://x.org/e> <omg:identifier> <https://identifiers.org/ncbigene:4071> .',
    ]);
    expect(linesOf('identifier', '10.1002/(SICI)1097<1:>3.0')[0]).toContain('%3C1:%3E');
  });

  it('are none for a text of 100 MB, hidden characters alone, or right-to-left text', () => {
    const huge = '5 µM '.repeat(20_000_000);
    for (const kind of Object.keys(VALUE_KINDS) as ValueKind[]) {
      expect(parseTypedValue(kind, huge, 'nm')).toBeUndefined();
      expect(splitValues(kind, huge)).toEqual([huge]);
      expect(parseTypedValue(kind, '\u200b\u200d\ufeff', 'nm')).toBeUndefined();
      expect(parseTypedValue(kind, 'אדם 5', 'nm')).toBeUndefined();
    }
    expect(parseTypedValue('dose', '\u200b5\u200b µM\ufeff')).toMatchObject({ value: 5 });
    expect(parseTypedValue('dose', '\u202e5 µM\u202c')).toMatchObject({ value: 5 });
  });

  it('never throw, and never give numbers that are not finite', () => {
    const piece = fc.constantFrom(
      '1',
      '9',
      '.',
      ',',
      '-',
      ' ',
      'µ',
      'm',
      'M',
      'e',
      '×',
      '10^',
      '°',
      'C',
      '<',
      '±',
      'to',
      '(',
      ')',
      '\u200b',
      'h',
      '/',
      'P',
      'T',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(VALUE_KINDS) as ValueKind[])),
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 12 }).map((p) => p.join('')),
        ),
        fc.option(fc.constantFrom('nm', '°C', 'nonsense'), { nil: undefined }),
        (kind, value, unit) => {
          const typed = parseTypedValue(kind, value, unit, value);
          if (typed?.type === 'quantity' || typed?.type === 'duration')
            for (const n of [typed.value, typed.minimum, typed.maximum])
              expect(n === undefined || Number.isFinite(n)).toBe(true);
          linesOf(kind, value, unit);
        },
      ),
    );
  });
});
