import type { Severity } from '../findings.js';
import type { Way } from './shacl/compiledShapes.js';

/** What a shape asks of a field: that it is stated, that it is stated well, or that it is an ontology term. */
export type Aspect = 'presence' | 'validity' | 'grounding';

/**
 * How one object stands to one field that is asked of its type; each object has exactly one. `inherited` is stated on
 * something that contains it, `notGrounded` is free text where a term is wanted, `invalid` says nothing ("TBD") or is
 * malformed, `notApplicable` means that the field's condition does not hold (an optional module that is not used),
 * `waived` would be missing, invalid or not grounded but for a waiver.
 */
export const STATUSES = [
  'filled',
  'inherited',
  'notGrounded',
  'missing',
  'invalid',
  'waived',
  'notApplicable',
  'notAudited',
] as const;
export type Status = (typeof STATUSES)[number];

/** One character for each status in a row of an object; a space where the field is not asked of the object's type. */
export const STATUS_LETTERS: Readonly<Record<Status, string>> = {
  filled: 'f',
  inherited: 'i',
  notGrounded: 'g',
  missing: 'm',
  invalid: 'x',
  waived: 'w',
  notApplicable: '-',
  notAudited: '?',
};

/** Objects by status, in the order of `STATUSES`. */
export type FieldCounts = readonly number[];

/** A field of the profile; its place in `AuditReport.fields` is its number everywhere else. */
export interface FieldInfo {
  /** IRI of the field's property, `https://w3id.org/omegraph/rembi#organism`. */
  readonly field: string;
  readonly label: string;
  readonly description: string;
  readonly module: string;
  /** How grave it is when the field is missing; info fields are a bonus and count for no completeness. */
  readonly severity: Severity;
  /** OME types the field is asked of: `Image`; `Project`, `Screen`. */
  readonly askedOf: readonly string[];
}

/** A targeted shape of the profile; its place in `AuditReport.shapes` is its number. */
export interface ShapeInfo {
  /** IRI, or a name for a blank node. */
  readonly shape: string;
  readonly label: string;
  readonly description: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
  readonly severity: Severity;
  readonly aspect: Aspect;
  readonly module?: string | undefined;
  /** Number of its field. */
  readonly field?: number | undefined;
  /** How it was run, and why not over the columns where it was not. */
  readonly way: Way;
  readonly reason?: string | undefined;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** An object of the graph as a reader recognises it. */
export interface ObjectLabel {
  /** IRI of the object. */
  readonly node: string;
  /** `Image:1461`, read off the IRI. */
  readonly ref: string;
  readonly label: string;
}

/** How a set of objects stands. */
export interface Scope {
  /** Images in it, those not audited included. */
  readonly images: number;
  readonly imagesNotAudited: number;
  /** Mean share (0…1) over the expected fields of objects that have them; null when nothing is asked. */
  readonly completeness: number | null;
  /** The same for each module, in the order of `AuditReport.modules`. */
  readonly moduleCompleteness: readonly (number | null)[];
  /** For each field, objects by status. */
  readonly counts: readonly FieldCounts[];
  /** Single results; waived ones are not in it. */
  readonly results: SeverityCounts;
  readonly waived: number;
}

/** All objects of a group or owner, `label` as the graph names it; without an IRI all that state none. */
export interface SharedScope extends Scope {
  readonly node?: string | undefined;
  readonly ref?: string | undefined;
  readonly label: string;
}

/** A dataset or plate of a container: itself and what is in it. */
export interface PartReport extends ObjectLabel, Scope {
  readonly type: 'Dataset' | 'Plate';
}

/** Results of one shape in one container, counted. */
export interface ResultGroup {
  /** Number of the shape. */
  readonly shape: number;
  readonly severity: Severity;
  readonly message: string;
  /** Objects concerned, without those that are waived. */
  readonly count: number;
  readonly waived: number;
  /** At most ten of them; `image` is the label of the image it belongs to, when it is not the image itself. */
  readonly examples: readonly (ObjectLabel & { readonly image?: string | undefined })[];
}

export interface ContainerReport extends Scope {
  /** `Project:52`, `Screen:3` or `orphans`. */
  readonly container: string;
  readonly label: string;
  readonly graph?: string | undefined;
  /** Label of its group and owner, where the graph states them. */
  readonly group?: string | undefined;
  readonly owner?: string | undefined;
  /** Triples that were read. */
  readonly triples: number;
  readonly conforms: boolean;
  readonly parts: readonly PartReport[];
  readonly groups: readonly ResultGroup[];
}

/** A container that could not be read or validated to its end: counted, never hidden. */
export interface NotAudited {
  readonly container: string;
  readonly label?: string | undefined;
  readonly images: number;
  readonly reason: string;
}

/** Something about the shapes themselves that a reader should know. */
export interface ShapeWarning {
  readonly shape: string;
  readonly kind: 'no-target' | 'no-path' | 'unknown-term' | 'cut';
  /** A full sentence: what is wrong ("what was found"); what to do. */
  readonly message: string;
}

/** A waiver of the configuration and what it did. */
export interface WaiverUse {
  /** Field or shape IRI. */
  readonly about: string;
  /** `Project:52`, `Dataset:7`, `group: Lab A`, `owner: …` or `*`. */
  readonly on: string;
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
  readonly expired: boolean;
  /** Results it waived. */
  readonly used: number;
}

/** What an audit found, counted; plain data that survives JSON. Single results and objects are read from the `StoredAudit`. */
export interface AuditReport {
  readonly format: 'omegraph-audit';
  readonly version: 2;
  readonly software: string;
  readonly profile: {
    readonly name: string;
    readonly label: string;
    readonly iri: string;
    /** What it asks, and what it leaves to others. */
    readonly description?: string | undefined;
  };
  /** ISO 8601. */
  readonly auditedAt: string;
  /** Base of the graph's IRIs. */
  readonly base: string;
  /** Address of OMERO.web for links, where known. */
  readonly web?: string | undefined;
  /** Containers that were asked for, in order; left out when it was everything. */
  readonly asked?: readonly string[] | undefined;
  /** Whether anything that was to be audited is not in it. */
  readonly partial: boolean;
  readonly conforms: boolean;
  readonly triples: number;
  /** Labels of the modules in their order. */
  readonly modules: readonly string[];
  readonly fields: readonly FieldInfo[];
  readonly shapes: readonly ShapeInfo[];
  /** Everything. */
  readonly server: Scope;
  readonly groups: readonly SharedScope[];
  readonly owners: readonly SharedScope[];
  readonly containers: readonly ContainerReport[];
  readonly notAudited: readonly NotAudited[];
  readonly shapeWarnings: readonly ShapeWarning[];
  readonly waivers: readonly WaiverUse[];
}

/** One object that does not meet one shape. */
export interface AuditResult {
  readonly container: string;
  readonly focus: ObjectLabel;
  /** The image that the object is, or belongs to. */
  readonly image?: ObjectLabel | undefined;
  /** Datasets or plates the object is in; empty for the container itself. */
  readonly partOf: readonly ObjectLabel[];
  /** Number of the shape in the report. */
  readonly shape: number;
  readonly severity: Severity;
  readonly message: string;
  /** The value that is wrong, when the shape is about one, in N-Triples syntax. */
  readonly value?: string | undefined;
  /** What the value says, where it is a key-value pair. */
  readonly says?: string | undefined;
  /** IRI of SHACL's constraint component. */
  readonly component: string;
  readonly waived: boolean;
}

/**
 * An image, or another object that fields are asked of: a project, screen, dataset or plate. A field that is asked of parts of an
 * image (channels) stands in the row of the image with the gravest status of its parts; counts of scopes are of the parts.
 */
export interface AuditedObject extends ObjectLabel {
  readonly container: string;
  readonly type: string;
  /** References of the datasets or plates it is in. */
  readonly partOf: readonly string[];
  readonly group?: string | undefined;
  readonly owner?: string | undefined;
  /** One letter of `STATUS_LETTERS` for each field of the report. */
  readonly statuses: string;
}

/** A finished audit: the report, and its rows as streams in the order of containers, then references (numeric order). */
export interface StoredAudit {
  readonly report: AuditReport;
  results(container?: string): AsyncIterable<AuditResult>;
  objects(container?: string): AsyncIterable<AuditedObject>;
}
