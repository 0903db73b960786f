import type { Severity } from '../findings.js';
import type { RembiModule } from '../rdf/rembi.js';

/** Where a bundle goes. */
export type Archive = 'bioimage-archive' | 'zenodo';

/** Something an archive asks for and the study does not say yet. */
export interface Gap {
  readonly module: RembiModule | 'Files';
  /** The element as the archive or REMBI names it. */
  readonly element: string;
  /** The study file's key, or the objects that lack it. */
  readonly where: string;
  /** Number of images concerned, where it is about images. */
  readonly images?: number | undefined;
  readonly severity: Severity;
  /** What is wrong when it is not just missing. */
  readonly wrong?: string | undefined;
  /** What to write, and where. */
  readonly remedy: string;
  /** Key of the study file that fills the gap (`authors`, `components`). */
  readonly studyKey?: string | undefined;
  /** Archives that refuse a study with this gap. */
  readonly requiredBy: readonly Archive[];
}

/** The gap as one sentence: what is missing or wrong, for how many images, and what to do. */
export function gapSentence(gap: Gap): string {
  const images = gap.images === undefined ? '' : ` for ${gap.images} image${gap.images === 1 ? '' : 's'}`;
  return `${gap.where}: ${gap.module}, ${gap.element} ${gap.wrong ?? 'is missing'}${images}; ${gap.remedy}`;
}

/** The gaps that keep a study out of an archive; the rest are advice. */
export function blockingGaps(gaps: readonly Gap[], archive: Archive): Gap[] {
  return gaps.filter((gap) => gap.requiredBy.includes(archive));
}
