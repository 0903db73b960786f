import { lsid, ref } from './common.js';
import { el, type XmlElement } from './xml.js';

const id = (type: string, name: string) => ({ ID: lsid(type, name) });
const laser = (wavelength: number, power: number): XmlElement =>
  el('Laser', {
    Manufacturer: 'Oxxius',
    Model: `LBX-${wavelength}`,
    ...id('LightSource', `laser-${wavelength}`),
    Power: power,
    Type: 'Semiconductor',
    Wavelength: wavelength,
    Pulse: 'CW',
  });
const bandPass = (name: string, centre: number, width: number): XmlElement =>
  el(
    'Filter',
    { Manufacturer: 'Chroma', Model: `ET${centre}/${width}m`, Type: 'BandPass', ...id('Filter', name) },
    el('TransmittanceRange', { CutIn: centre - width / 2, CutOut: centre + width / 2, Transmittance: 0.97 }),
  );

/** The spinning disk confocal microscope of the project's two datasets. */
export const SPINNING_DISK = el(
  'Instrument',
  id('Instrument', 'spinning-disk'),
  el('Microscope', { Manufacturer: 'Nikon', Model: 'Eclipse Ti2-E', SerialNumber: '501234', Type: 'Inverted' }),
  laser(405, 100),
  laser(488, 200),
  laser(561, 200),
  laser(640, 300),
  el('Detector', {
    Manufacturer: 'Photometrics',
    Model: 'Prime 95B',
    SerialNumber: 'A19C203001',
    Gain: 1,
    ...id('Detector', 'prime95b'),
    Type: 'CMOS',
  }),
  el('Objective', {
    Manufacturer: 'Nikon',
    Model: 'CFI Plan Apochromat Lambda 60x Oil',
    ...id('Objective', '60x-oil'),
    Correction: 'PlanApo',
    Immersion: 'Oil',
    LensNA: 1.4,
    NominalMagnification: 60,
    CalibratedMagnification: 60.1,
    WorkingDistance: 0.13,
    WorkingDistanceUnit: 'mm',
  }),
  el('Objective', {
    Manufacturer: 'Nikon',
    Model: 'CFI Plan Apochromat Lambda 20x',
    ...id('Objective', '20x-air'),
    Correction: 'PlanApo',
    Immersion: 'Air',
    LensNA: 0.75,
    NominalMagnification: 20,
  }),
  bandPass('em-455', 455, 50),
  bandPass('em-525', 525, 50),
  bandPass('em-605', 605, 52),
  bandPass('em-700', 700, 75),
  el('Dichroic', { Manufacturer: 'Yokogawa', Model: 'Di01-T405/488/568/647', ...id('Dichroic', 'quad') }),
);

/** The wide-field screening microscope of the plate: a lamp, a light-emitting diode and filter cubes. */
export const SCREENING_SCOPE = el(
  'Instrument',
  id('Instrument', 'screening'),
  el('Microscope', { Manufacturer: 'Molecular Devices', Model: 'ImageXpress Micro', Type: 'Inverted' }),
  el('LightEmittingDiode', { Manufacturer: 'Lumencor', Model: 'SPECTRA X', ...id('LightSource', 'spectra-x') }),
  el('Filament', {
    Model: 'halogen 100 W',
    ...id('LightSource', 'halogen'),
    Power: 100,
    PowerUnit: 'W',
    Type: 'Halogen',
  }),
  el('Detector', { Manufacturer: 'Andor', Model: 'Zyla 5.5', ...id('Detector', 'zyla'), Type: 'CMOS' }),
  el('Objective', {
    Manufacturer: 'Nikon',
    Model: 'S Plan Fluor ELWD 40x',
    ...id('Objective', '40x-air'),
    Correction: 'PlanFluor',
    Immersion: 'Air',
    LensNA: 0.6,
    NominalMagnification: 40,
  }),
  ...['dapi', 'cy5'].map((name) =>
    el(
      'FilterSet',
      { Manufacturer: 'Semrock', Model: name === 'dapi' ? 'DAPI-5060C' : 'Cy5-4040C', ...id('FilterSet', name) },
      ref('ExcitationFilterRef', lsid('Filter', `${name}-ex`)),
      ref('DichroicRef', lsid('Dichroic', name)),
      ref('EmissionFilterRef', lsid('Filter', `${name}-em`)),
    ),
  ),
  bandPass('dapi-ex', 377, 50),
  bandPass('dapi-em', 447, 60),
  bandPass('cy5-ex', 628, 40),
  bandPass('cy5-em', 692, 40),
  el('Dichroic', { Manufacturer: 'Semrock', Model: 'FF409-Di03', ...id('Dichroic', 'dapi') }),
  el('Dichroic', { Manufacturer: 'Semrock', Model: 'FF660-Di02', ...id('Dichroic', 'cy5') }),
);
