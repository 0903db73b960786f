/** A term or field offered for a text. */
export interface ReviewCandidate {
  /** `NCBITaxon:9606`, `rembi:organism`. */
  readonly object: string;
  readonly label: string;
  /** 0…1; undefined when somebody named it. */
  readonly score: number | undefined;
  /** Why it is offered, in words. */
  readonly because: string;
  readonly decision: 'accepted' | 'rejected' | 'open';
  /** Whether it says that nothing fits. */
  readonly isNone: boolean;
}

/** A text that waits for a decision, or has one. */
export interface ReviewSubject {
  /** The same for the same text at any time; letters and digits. */
  readonly id: string;
  readonly text: string;
  readonly kind: 'key' | 'value';
  /** Of a value: module and label of its field. */
  readonly field: string | undefined;
  /** Objects that carry it, when it was suggested. */
  readonly objects: number | undefined;
  /** Where it was found, in words. */
  readonly where: string;
  readonly state: 'open' | 'decided';
  readonly candidates: readonly ReviewCandidate[];
}

/** What a reviewer does with a text. */
export type ReviewAct =
  | { readonly act: 'accept' | 'reject'; readonly object: string }
  /** Nothing fits, now known; no candidate is right, but something else may be; everything open again. */
  | { readonly act: 'none' | 'reject-all' | 'reopen' }
  /** Something that was not offered. */
  | { readonly act: 'other'; readonly object: string };

/** A table of suggested mappings under review; the command line gives it to the service. */
export interface ReviewDesk {
  /** Name of the file, for people. */
  readonly file: string;
  /** Fields that a key may be mapped to: name in `rembi:` and label. */
  readonly fields: readonly { readonly object: string; readonly label: string }[];
  /** @throws OmegraphError when the table cannot be read */
  subjects(): Promise<readonly ReviewSubject[]>;
  /** Writes a decision into the table, whole or not at all; a sentence why not when it cannot be taken. */
  decide(id: string, act: ReviewAct, reviewer: string): Promise<string | undefined>;
}
