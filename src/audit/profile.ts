import type { NamedNode, Store } from 'n3';
import type { Severity } from '../findings.js';
import type { Aspect } from './model.js';
import type { ShaclPath } from './shaclPath.js';

export { loadProfile } from './loadProfile.js';

/** How an object can answer a field: by a fact of its own, or by one of something that contains it. */
export interface Answer {
  readonly own?: ShaclPath | undefined;
  readonly inherited?: ShaclPath | undefined;
}

/** What a shape looks at (SHACL section 2.1.3). */
export interface Targets {
  readonly classes: readonly NamedNode[];
  readonly nodes: readonly NamedNode[];
  readonly subjectsOf: readonly NamedNode[];
  readonly objectsOf: readonly NamedNode[];
}

/** A shape with targets, as a steward reads it. */
export interface ProfileShape {
  readonly node: NamedNode;
  readonly label: string;
  readonly description: string;
  readonly message: string;
  readonly severity: Severity;
  readonly aspect: Aspect;
  /** IRI of the field it is about; shapes without one count for no completeness. */
  readonly field?: string | undefined;
  readonly module?: string | undefined;
  readonly targets: Targets;
  /** Ways to answer a field, read off the shape's own paths. */
  readonly answers: readonly Answer[];
  /** The shape asks nothing of an object on which all of these are empty. */
  readonly onlyWhen: readonly ShaclPath[];
  /** File it was read from. */
  readonly file: string;
}

/** A set of shapes that belong together. */
export interface Profile {
  /** Name of its folder or file: `rembi`. */
  readonly name: string;
  readonly label: string;
  readonly iri: string;
  /** What it asks, and what it leaves to others; empty when it does not say. */
  readonly description: string;
  /** All shapes as one graph. */
  readonly graph: Store;
  /** In the order of modules and fields. */
  readonly shapes: readonly ProfileShape[];
  /** Labels of the modules in their order. */
  readonly modules: readonly string[];
}
