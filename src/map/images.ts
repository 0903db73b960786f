import type { NamedNode } from 'n3';
import type { Channel, Image, Pixels, PlaneSummary } from '../ome/model.js';
import { RDF } from '../rdf/vocabulary.js';
import { addAttributes, addQuantity } from './attributes.js';
import { CORE, DCTERMS, OMEKG } from './graphTerms.js';
import { addFilters, addLightSourceSettings, addPart } from './instruments.js';
import { addChecksum, addContainment, addIdentity, addLink, addLinks, addPairs } from './links.js';
import { add, addDateTime, addInteger, integerLiteral, node, type Sink } from './sink.js';

/** Adds an image with its settings, pixels and channels. */
export function addImage(sink: Sink, subject: NamedNode, image: Image): void {
  addAttributes(sink, 'Image', subject, image);
  addLink(sink, subject, CORE.experiment, image.experiment);
  addLink(sink, subject, CORE.instrument, image.instrument);
  const { objectiveSettings, imagingEnvironment, stageLabel, fileset } = image;
  const settings = addPart(
    sink,
    subject,
    CORE.objective_settings,
    'objective_settings',
    'ObjectiveSettings',
    objectiveSettings,
  );
  if (settings !== undefined) addLink(sink, settings, CORE.objective, objectiveSettings?.objective);
  const environment = addPart(
    sink,
    subject,
    CORE.imaging_environment,
    'imaging_environment',
    'ImagingEnvironment',
    imagingEnvironment,
  );
  if (environment !== undefined) addPairs(sink, environment, imagingEnvironment?.map);
  addPart(sink, subject, CORE.stage_label, 'stage_label', 'StageLabel', stageLabel);
  addLinks(sink, subject, CORE.microbeam_manipulation, image.microbeamManipulations);
  if (image.pixels !== undefined) addPixels(sink, subject, image.pixels);
  if (fileset !== undefined) {
    const files = sink.compiled.iris.object(fileset);
    add(sink, subject, CORE.fileset, files);
    addContainment(sink, files, subject);
  }
  if (image.series !== undefined) addInteger(sink, subject, CORE.series, image.series);
  if (image.importDate !== undefined) addDateTime(sink, subject, DCTERMS.dateSubmitted, image.importDate);
}

function addPixels(sink: Sink, image: NamedNode, pixels: Pixels): void {
  const subject = addIdentity(sink, pixels.ref, 'Pixels');
  addContainment(sink, image, subject);
  addAttributes(sink, 'Pixels', subject, pixels);
  if (pixels.sha1 !== undefined && pixels.sha1 !== '') addChecksum(sink, subject, 'SHA-1', pixels.sha1);
  pixels.channels.forEach((channel, index) => {
    addChannel(sink, subject, channel, index);
  });
  if (pixels.planes !== undefined) addPlanes(sink, subject, pixels.planes);
}

function addChannel(sink: Sink, pixels: NamedNode, channel: Channel, index: number): void {
  const subject = addIdentity(sink, channel.ref, 'Channel');
  addContainment(sink, pixels, subject);
  add(sink, subject, CORE.channel_index, integerLiteral(index));
  addAttributes(sink, 'Channel', subject, channel);
  if (channel.color !== undefined && Number.isInteger(channel.color)) {
    add(sink, subject, OMEKG.red, integerLiteral((channel.color >>> 24) & 255));
    add(sink, subject, OMEKG.green, integerLiteral((channel.color >>> 16) & 255));
    add(sink, subject, OMEKG.blue, integerLiteral((channel.color >>> 8) & 255));
  }
  addLink(sink, subject, CORE.filter_set, channel.filterSet);
  addLightSourceSettings(sink, subject, 'light_source_settings', channel.lightSourceSettings);
  const { detectorSettings, lightPath } = channel;
  const detector = addPart(
    sink,
    subject,
    CORE.detector_settings,
    'detector_settings',
    'DetectorSettings',
    detectorSettings,
  );
  if (detector !== undefined) addLink(sink, detector, CORE.detector, detectorSettings?.detector);
  const path = addPart(sink, subject, CORE.light_path, 'light_path', 'LightPath', lightPath);
  if (path !== undefined && lightPath !== undefined) addFilters(sink, path, lightPath);
}

function addPlanes(sink: Sink, pixels: NamedNode, planes: PlaneSummary): void {
  const part = node(`${pixels.value}/planes`);
  add(sink, pixels, CORE.plane_summary, part);
  add(sink, part, RDF.type, CORE.PlaneSummary);
  addInteger(sink, part, CORE.plane_count, planes.count);
  addQuantity(sink, part, CORE.exposure_time_min, 'exposure_time_min', planes.exposureTimeMin);
  addQuantity(sink, part, CORE.exposure_time_max, 'exposure_time_max', planes.exposureTimeMax);
  addQuantity(sink, part, CORE.delta_t_max, 'delta_t_max', planes.deltaTMax);
  addQuantity(sink, part, CORE.position_x, 'position_x', planes.positionX);
  addQuantity(sink, part, CORE.position_y, 'position_y', planes.positionY);
  addQuantity(sink, part, CORE.position_z, 'position_z', planes.positionZ);
}
