/** The sources of one study. */
export type Kind = 'OMERO.web' | 'OME-XML' | 'pack';

/** A fact that one source knows and another does not. */
export interface Difference {
  readonly fact: string;
  readonly knows: Kind;
  readonly not: readonly Kind[];
  readonly why: string;
  /** The statements that say it, as `subject predicate object` with prefixes. */
  readonly lines: RegExp;
}

const onlyWeb = (fact: string, not: readonly Kind[], why: string, lines: RegExp): Difference => ({
  ...{ fact, knows: 'OMERO.web', not, why, lines },
});
const onlyXml = (fact: string, why: string, lines: RegExp): Difference => ({
  ...{ fact, knows: 'OME-XML', not: ['OMERO.web'], why, lines },
});
const onlyPack = (fact: string, why: string, lines: RegExp): Difference => ({
  ...{ fact, knows: 'pack', not: ['OMERO.web'], why, lines },
});
const FILES: readonly Kind[] = ['OME-XML', 'pack'];
const PACK: readonly Kind[] = ['pack'];
const NO_PLACE = 'OME-XML 2016-06 has no place for it';
const NO_JSON = 'no JSON of OMERO.web has it';
const CUT = 'lists of OMERO.web are cut, so that the place in them means nothing';
const LEFT_OUT = 'omero-cli-transfer does not write it';
const FILESET = /^(?:Fileset|OriginalFile)\/|^Image\/\d+ (?:dcterms:isPartOf|core:fileset) Fileset\//;

/** All that may differ between exports of the same study, and why; everything else must be equal. */
export const DIFFERENCES: readonly Difference[] = [
  onlyWeb('when an annotation was made', FILES, NO_PLACE, /^\w+Annotation\/\d+ dcterms:created /),
  onlyWeb('when an image was imported', FILES, NO_PLACE, /^Image\/30[123] dcterms:dateSubmitted /),
  onlyWeb('names in other systems', FILES, NO_PLACE, /^Image\/301 dcterms:identifier /),
  onlyWeb('checksum of the pixels', FILES, NO_PLACE, /^Pixels\/501(?: spdx:checksum|\/checksum) /),
  onlyWeb(
    'rows of tables',
    FILES,
    'they are in a file of its own, which only a server opens',
    /table\.2001|nocodazole/,
  ),
  onlyWeb('owners in a screen', ['OME-XML'], NO_PLACE, /^(?:Screen|Plate|Well)\/\d+ core:experimenter(?:_group)? /),
  onlyWeb('filesets of the server', FILES, 'a file is a fileset of its own, a pack names one an image', FILESET),
  onlyWeb('place in the fileset', FILES, 'it follows from the fileset', /^Image\/30[345] core:series /),
  onlyWeb(
    'ids as numbers',
    ['OME-XML'],
    'ids of a document are no ids of a server',
    / dc:identifier "\d+"\^\^xsd:integer$/,
  ),

  onlyXml('ids as texts', 'ids of a server are numbers', / dc:identifier "[^"]+"$/),
  onlyXml('the document as a fileset', 'the server has the files that were imported', FILESET),
  onlyXml('place in the document', 'it follows from the fileset', /^Image\/30[345] core:series /),
  onlyXml(
    'instrument',
    NO_JSON,
    /^(?:Instrument|Objective)\/1|^Image\/301 core:(?:instrument|objective_settings) |^Image\/301\/objective_settings /,
  ),
  onlyXml('light path', NO_JSON, /^Channel\/601(?:\/light_path rdf:type| core:light_path) /),
  onlyXml('experiment', NO_JSON, /^Experiment\/1 |^Image\/301 core:experiment /),
  onlyXml('environment and stage', NO_JSON, /^Image\/301(?: core:|\/)(?:imaging_environment|stage_label) /),
  onlyXml('planes', NO_JSON, /^Pixels\/501(?: core:plane_summary|\/planes) /),
  onlyXml('order of planes and bytes', NO_JSON, /^Pixels\/50\d core:(?:dimension_order|big_endian|interleaved) /),
  onlyXml('reagents', NO_JSON, /^Reagent\/1 | Reagent\/1$/),
  onlyXml(
    'members of groups',
    'who is a member is not asked for',
    /^ExperimenterGroup\/4 core:(?:experimenter|leader) /,
  ),
  onlyXml('annotations of ROIs', NO_JSON, /(?:^| )CommentAnnotation\/1099/),
  onlyXml('index of a field', CUT, /^WellSample\/44[12] core:index /),

  onlyWeb(
    'people and groups',
    PACK,
    LEFT_OUT,
    /^Experimenter(?:Group)?\/| core:(?:experimenter|experimenter_group|annotator) /,
  ),
  onlyWeb('channels', PACK, LEFT_OUT, /(?:^| )Channel\//),
  onlyWeb(
    'sizes of pixels',
    PACK,
    LEFT_OUT,
    /^Pixels\/50\d core:(?:physical_size_[xyz]|time_increment|significant_bits) /,
  ),
  onlyWeb('masks', PACK, LEFT_OUT, /(?:^| )(?:Mask\/818|ROI\/802)/),
  onlyWeb(
    'style of shapes',
    PACK,
    LEFT_OUT,
    /^Rectangle\/811(?:\/transform| core:(?:transform|stroke_dash_array|locked|font_style|font_family|fill_rule)) /,
  ),
  onlyWeb('classes of annotations', PACK, LEFT_OUT, /(?:^| )(?:Term|Boolean|Double|XML|List)Annotation\//),
  onlyWeb('tag sets', PACK, LEFT_OUT, /^TagAnnotation\/1004 /),
  onlyWeb(
    'repeated keys',
    PACK,
    'omero-cli-transfer keeps the last',
    /^MapAnnotation\/1002.*(?:\/entry\/1|"TUBB")|^MapAnnotation\/1002\/entry\/1 |^(?:Well\/431|Image\/304) .*"TUBB"/,
  ),
  onlyWeb('runs', PACK, LEFT_OUT, /(?:^| )PlateAcquisition\//),
  onlyWeb(
    'attributes in a screen',
    PACK,
    LEFT_OUT,
    /^(?:Screen\/401|Plate\/411|Well\/431|WellSample\/441) core:(?:type|reagent_set_\w+|protocol_\w+|status|external_\w+|well_origin_[xy]|field_index|position_[xy]|timepoint) /,
  ),
  onlyWeb('place in the fileset, of the others', PACK, 'it follows from the fileset', /^Image\/30[12] core:series /),
  onlyPack('the last of repeated keys', 'the first of them stands there', /^MapAnnotation\/1002\/entry\/0 .*"H2BC1"/),
  onlyPack('a fileset an image', 'the server has the filesets that were imported', FILESET),
  onlyPack('index of a field', CUT, /^WellSample\/44[12] core:index /),
  onlyPack('order of planes', NO_JSON, /^Pixels\/50\d core:dimension_order /),
];
