import type { FixObject, FixType } from './containerFacts.js';

/** A key in the spelling and namespace of the site. */
export interface SiteKey {
  readonly namespace: string;
  readonly key: string;
}

/** A value as it is stated, for the question what it should be. */
export interface AskedValue extends SiteKey {
  readonly value: string;
  /** IRI of its field. */
  readonly field: string;
  /** IRIs of its terms. */
  readonly terms: readonly string[];
}

/** A value that may be meant. */
export interface Candidate {
  readonly value: string;
  /** CURIE of its term. */
  readonly curie?: string | undefined;
  /** Resemblance in 0…1. */
  readonly score?: number | undefined;
}

/** What may stand in the place of a value. */
export interface Advice {
  /** The one value that is certain to be meant, and why. */
  readonly sure?: { readonly value: string; readonly why: string } | undefined;
  /** Why it may stay, though the graph has no term for it. */
  readonly stays?: string | undefined;
  /** For a person to choose from, best first. */
  readonly candidates: readonly Candidate[];
}

/** What the fix list has to be told of keys and values, because mappings and ontologies say it. */
export interface FixKnowledge {
  /** How to write the key of a field (by IRI); undefined when no key-value can answer it. */
  keyOf(field: string): SiteKey | undefined;
  advise(asked: AskedValue): Advice;
  /** Whether a pair can stand in a cell below its key, and comes back as it is. */
  canBeWritten(key: string, value: string): boolean;
  /** Whether the pairs of a namespace mean the same without those that cannot be written. */
  meansTheSame(namespace: string, pairs: readonly (readonly [string, string])[]): boolean;
  /** One order of keys in which each list is found, and where a list is in it. */
  mergedKeys(lists: Iterable<readonly string[]>): readonly string[];
  placesIn(merged: readonly string[], list: readonly string[]): readonly number[] | undefined;
}

/** One CSV file of a fix list: objects of a type, an object a row. */
export interface FixTable {
  readonly type: FixType;
  /** Whether its rows take the place of what the objects have in the namespaces of the columns. */
  readonly replaces: boolean;
  /** From 1; replaced are the same namespaces in all of a file, so objects with wrong values in others have a file of their own. */
  readonly part: number;
  readonly columns: readonly SiteKey[];
  /** In the order of ids. */
  readonly rows: readonly { readonly object: FixObject; readonly cells: readonly string[] }[];
  /** Cells that wait for somebody, and cells that were filled in. */
  readonly open: number;
  readonly filled: number;
}

/** Where a field is to be stated, for people to read. */
export interface GapNote {
  readonly field: number;
  readonly key: SiteKey | undefined;
  readonly places: readonly {
    readonly object: FixObject;
    /** Objects of the audit that it answers for. */
    readonly objects: number;
    readonly filled?: string | undefined;
    readonly why?: string | undefined;
    readonly candidates: readonly Candidate[];
  }[];
}

/** A wrong value, on all objects that carry it. */
export interface RepairNote {
  readonly field: number;
  readonly status: 'invalid' | 'notGrounded';
  readonly key: string;
  readonly value: string;
  /** What stands in the cell now; `''` where it was emptied. */
  readonly text: string;
  readonly why: string;
  readonly messages: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly carriers: readonly FixObject[];
  /** Objects of the audit that it concerns. */
  readonly objects: number;
}

/** What no CSV can mend, and what to do instead. */
export interface ByHandNote {
  readonly what: string;
  readonly count: number;
  readonly examples: readonly FixObject[];
}

/** What to send back to be fixed, of one container. */
export interface FixList {
  readonly container: string;
  readonly label: string;
  readonly tables: readonly FixTable[];
  readonly gaps: readonly GapNote[];
  readonly repairs: readonly RepairNote[];
  readonly byHand: readonly ByHandNote[];
  /** Objects in the tables that came from files, so that OMERO does not know their ids. */
  readonly ofFiles: number;
}

/** The namespace of pairs that people edit in OMERO.web; that of a column without one. */
export const CLIENT_NAMESPACE = 'openmicroscopy.org/omero/client/mapAnnotation';
