import type { ShapesExtension } from './registry.js';
import { SPARQL_EXTENSION } from './sparql/sparqlExtension.js';

/** What is understood beyond SHACL Core. */
export const EXTENSIONS: readonly ShapesExtension[] = [SPARQL_EXTENSION];
