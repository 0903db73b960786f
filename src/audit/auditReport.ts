import type { Severity } from '../findings.js';

/** What a shape asks of a field: that it is stated, that it is stated well, or that it is an ontology term. */
export type Aspect = 'presence' | 'validity' | 'grounding';

/**
 * How the objects a field is asked of stand. `applicable` is the sum of `filled`, `inherited`, `missing` and `invalid`;
 * `notGrounded` counts objects within `filled` and `inherited` whose value is free text where a term is wanted.
 */
export interface FieldCounts {
  /** Objects that the field is asked of. */
  readonly applicable: number;
  /** Objects that state it themselves, or whose own OME facts answer it. */
  readonly filled: number;
  /** Objects that have it from a Dataset, Project, Well, Plate or Screen above them. */
  readonly inherited: number;
  readonly missing: number;
  /** Objects that state it with a value that says nothing ("TBD") or is malformed. */
  readonly invalid: number;
  readonly notGrounded: number;
}

export interface FieldReport extends FieldCounts {
  /** IRI of the field's property, `https://w3id.org/omegraph/rembi#organism`. */
  readonly field: string;
  readonly label: string;
  /** How grave it is when the field is missing. */
  readonly severity: Severity;
  /** OME types the field is asked of: `Image`; `Project, Screen`. */
  readonly focusType: string;
}

export interface ModuleReport {
  readonly module: string;
  /**
   * Mean share (0..1) of objects that have each expected field (severity violation or warning) of the module; null when
   * the module applies to no object here.
   */
  readonly completeness: number | null;
  readonly fields: readonly FieldReport[];
}

/** An object of the graph as a reader recognises it. */
export interface ObjectLabel {
  /** IRI of the object. */
  readonly node: string;
  /** `Image:1461`, read off the IRI. */
  readonly ref: string;
  readonly label: string;
}

/** An object that stands for many. */
export interface Example extends ObjectLabel {
  /** Label of the image that it belongs to, when it is not the image itself. */
  readonly image?: string | undefined;
}

/** Results of one shape in one container, counted. */
export interface ResultGroup {
  /** IRI of the shape. */
  readonly shape: string;
  readonly module?: string | undefined;
  readonly field?: string | undefined;
  readonly fieldLabel?: string | undefined;
  readonly aspect: Aspect;
  readonly severity: Severity;
  /** What is wrong and what to do about it. */
  readonly message: string;
  /** Objects concerned. */
  readonly count: number;
  /** At most ten of them. */
  readonly examples: readonly Example[];
}

/** One object that does not meet one shape. */
export interface AuditResult {
  /** `Project:52`, `Screen:3` or `orphans`. */
  readonly container: string;
  readonly focus: ObjectLabel;
  /** The image that the object is, or belongs to. */
  readonly image?: ObjectLabel | undefined;
  /** Datasets or plates the object is in, by label; empty for the container itself. */
  readonly partOf: readonly ObjectLabel[];
  readonly shape: string;
  readonly module?: string | undefined;
  readonly field?: string | undefined;
  readonly fieldLabel?: string | undefined;
  readonly aspect: Aspect;
  readonly severity: Severity;
  readonly message: string;
  /** The literal that is wrong, when the shape is about one. */
  readonly value?: string | undefined;
  /** IRI of SHACL's constraint component. */
  readonly component: string;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** A dataset or plate of a container: completeness of itself and the images in it. */
export interface PartReport extends ObjectLabel {
  readonly type: 'Dataset' | 'Plate';
  readonly images: number;
  readonly completeness: number | null;
  readonly results: SeverityCounts;
  readonly modules: readonly ModuleReport[];
}

export interface ContainerReport {
  readonly container: string;
  readonly label: string;
  /** IRI of the container's named graph. */
  readonly graph?: string | undefined;
  readonly images: number;
  /** Triples that were read. */
  readonly triples: number;
  /** SHACL's sense: no result of any severity. */
  readonly conforms: boolean;
  /** Mean share (0..1) over the expected fields of all modules; null when nothing is asked of anything here. */
  readonly completeness: number | null;
  readonly modules: readonly ModuleReport[];
  readonly parts: readonly PartReport[];
  readonly results: SeverityCounts;
  readonly groups: readonly ResultGroup[];
}

/** A container that the audit could not read: counted, never hidden. */
export interface NotAudited {
  readonly container: string;
  readonly label?: string | undefined;
  readonly images: number;
  readonly reason: string;
}

/** A shape that looked at nothing: its target is in no container, or no object of the target states its path. */
export interface IdleShape {
  readonly shape: string;
  readonly reason: string;
}

/** What an audit found; plain data that survives JSON. */
export interface AuditReport {
  readonly format: 'omegraph-audit';
  readonly version: 1;
  readonly profile: { readonly name: string; readonly label: string; readonly iri: string };
  /** ISO 8601. */
  readonly auditedAt: string;
  /** Base of the graph's IRIs. */
  readonly base: string;
  readonly containers: readonly ContainerReport[];
  readonly totals: {
    readonly containers: number;
    readonly images: number;
    readonly triples: number;
    readonly conforms: boolean;
    readonly completeness: number | null;
    readonly results: SeverityCounts;
    /** Modules over all containers. */
    readonly modules: readonly ModuleReport[];
  };
  readonly notAudited: readonly NotAudited[];
  /** Shapes of the profile that found no object to look at. */
  readonly idleShapes: readonly IdleShape[];
  /** Single results, in the order of containers and shapes; at most as many as the caller asked to keep. */
  readonly results: readonly AuditResult[];
  /** Results that are counted above but not listed in `results`. */
  readonly resultsOmitted: number;
}

/** From which severity on a run fails. */
export type FailOn = Severity | 'never';

/** Whether the report holds a result as grave as `failOn` or graver. */
export function reaches(report: AuditReport, failOn: FailOn): boolean {
  const { violation, warning, info } = report.totals.results;
  switch (failOn) {
    case 'never':
      return false;
    case 'violation':
      return violation > 0;
    case 'warning':
      return violation + warning > 0;
    case 'info':
      return violation + warning + info > 0;
  }
}
