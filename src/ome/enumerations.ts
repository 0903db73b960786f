import type { Dimension } from './schema.js';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** The values of each enumeration of OME 2016-06, by the name used in schema.ts (`xsd:enumeration` in ome.xsd). */
export const ENUMERATIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  PixelsDimensionOrder: words('XYZCT XYZTC XYCTZ XYCZT XYTCZ XYTZC'),
  PixelType: words('int8 int16 int32 uint8 uint16 uint32 float double complex double-complex bit'),
  ChannelIlluminationType: words('Transmitted Epifluorescence Oblique NonLinear Other'),
  ChannelAcquisitionMode: words(
    'WideField LaserScanningConfocalMicroscopy SpinningDiskConfocal SlitScanConfocal MultiPhotonMicroscopy StructuredIllumination SingleMoleculeImaging TotalInternalReflection FluorescenceLifetime SpectralImaging FluorescenceCorrelationSpectroscopy NearFieldScanningOpticalMicroscopy SecondHarmonicGenerationImaging PALM STORM STED TIRF FSM LCM Other BrightField SweptFieldConfocal SPIM',
  ),
  ChannelContrastMethod: words(
    'Brightfield Phase DIC HoffmanModulation ObliqueIllumination PolarizedLight Darkfield Fluorescence Other',
  ),
  MicroscopeType: words('Upright Inverted Dissection Electrophysiology Other'),
  Binning: words('1x1 2x2 4x4 8x8 Other'),
  ObjectiveCorrection: words(
    'UV PlanApo PlanFluor SuperFluor VioletCorrected Achro Achromat Fluor Fl Fluar Neofluar Fluotar Apo PlanNeofluar Other',
  ),
  ObjectiveImmersion: words('Oil Water WaterDipping Air Multi Glycerol Other'),
  ObjectiveSettingsMedium: words('Air Oil Water Glycerol Other'),
  DetectorType: words(
    'CCD IntensifiedCCD AnalogVideo PMT Photodiode Spectroscopy LifetimeImaging CorrelationSpectroscopy FTIR EMCCD APD CMOS EBCCD Other',
  ),
  FilterType: words('Dichroic LongPass ShortPass BandPass MultiPass NeutralDensity Tuneable Other'),
  LaserType: words('Excimer Gas MetalVapor SolidState Dye Semiconductor FreeElectron Other'),
  LaserLaserMedium: words(
    'Cu Ag ArFl ArCl KrFl KrCl XeFl XeCl XeBr N Ar Kr Xe HeNe HeCd CO CO2 H2O HFl NdGlass NdYAG ErGlass ErYAG HoYLF HoYAG Ruby TiSapphire Alexandrite Rhodamine6G CoumarinC30 GaAs GaAlAs EMinus Other',
  ),
  LaserPulse: words('CW Single QSwitched Repetitive ModeLocked Other'),
  ArcType: words('Hg Xe HgXe Other'),
  FilamentType: words('Incandescent Halogen Other'),
  ShapeFillRule: words('EvenOdd NonZero'),
  ShapeFontFamily: words('serif sans-serif cursive fantasy monospace'),
  ShapeFontStyle: words('Bold BoldItalic Italic Normal'),
  Marker: words('Arrow'),
  NamingConvention: words('letter number'),
};

/** Attributes that hold a list of words (`Type="FRAP FLIP"`), by element. */
export const WORD_LISTS: Readonly<Record<string, ReadonlySet<string>>> = {
  Experiment: words(
    'FP FRET TimeLapse FourDPlus Screen Immunocytochemistry Immunofluorescence FISH Electrophysiology IonImaging Colocalization PGIDocumentation FluorescenceLifetime SpectralImaging Photobleaching SPIM Other',
  ),
  MicrobeamManipulation: words('FRAP FLIP InverseFRAP Photoablation Photoactivation Uncaging OpticalTrapping Other'),
};

const PREFIXES = [
  'Y',
  'Z',
  'E',
  'P',
  'T',
  'G',
  'M',
  'k',
  'h',
  'da',
  '',
  'd',
  'c',
  'm',
  'µ',
  'n',
  'p',
  'f',
  'a',
  'z',
  'y',
];
const scaled = (symbol: string): string[] => PREFIXES.map((prefix) => prefix + symbol);

/** The unit symbols of each dimension (Units* of ome.xsd). */
export const UNIT_SYMBOLS: Readonly<Record<Dimension, ReadonlySet<string>>> = {
  Length: new Set([...scaled('m'), ...'Å thou li in ft yd mi ua ly pc pt pixel'.split(' '), 'reference frame']),
  Time: new Set([...scaled('s'), 'min', 'h', 'd']),
  Pressure: new Set([...scaled('Pa'), ...'bar Mbar kbar dbar cbar mbar atm psi Torr mTorr'.split(' '), 'mm Hg']),
  Temperature: new Set(['°C', '°F', 'K', '°R']),
  ElectricPotential: new Set(scaled('V')),
  Power: new Set(scaled('W')),
  Frequency: new Set(scaled('Hz')),
};
