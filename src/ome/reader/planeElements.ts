import { type ElementRule, type Frame, parentOf, rule, SKIPPED } from './elementRule.js';
import { COMMON } from './elements.js';
import { ownText } from './ownText.js';
import { type PlaneCounter, planeCounter } from './planeSummary.js';

const planesOf = (pixels: Frame): PlaneCounter => {
  const known = pixels.draft.$planes as PlaneCounter | undefined;
  if (known !== undefined) return known;
  const made = planeCounter();
  pixels.draft.$planes = made;
  return made;
};
const PLANE_ATTRIBUTES =
  'TheZ TheT TheC DeltaT DeltaTUnit ExposureTime ExposureTimeUnit PositionX PositionXUnit PositionY PositionYUnit PositionZ PositionZUnit';
/** Plane: summed up in its Pixels. */
export const PLANE = rule({
  also: `${PLANE_ATTRIBUTES} ID`,
  children: {
    AnnotationRef: COMMON.AnnotationRef as ElementRule,
    HashSHA1: SKIPPED,
    PlaneTiming: planePart(),
    StagePosition: planePart(),
  },
  open(frame, reading) {
    const planes = planesOf(parentOf(frame));
    planes.count();
    planes.add(frame.attributes, (name, found) => reading.invalid(frame, name, found));
  },
});
function planePart(): ElementRule {
  return rule({
    also: PLANE_ATTRIBUTES,
    open(frame, reading) {
      planesOf(parentOf(parentOf(frame))).add(frame.attributes, (name, found) => reading.invalid(frame, name, found));
    },
  });
}

/** Pixel data are not read; the files that hold them are told. */
export const TIFF_DATA = rule({
  also: 'IFD FirstZ FirstT FirstC PlaneCount NumPlanes',
  children: {
    UUID: rule({
      also: 'FileName',
      text: true,
      close(frame, reading) {
        const { FileName } = frame.attributes;
        const uuid = frame.text.trim();
        const fileName = FileName === undefined || FileName === '' ? undefined : reading.newFile(FileName);
        if (fileName !== undefined)
          reading.emit({ kind: 'file', fileName, ...(uuid !== '' && { uuid: ownText(uuid) }) });
      },
    }),
  },
});
