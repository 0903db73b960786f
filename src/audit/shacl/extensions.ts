import type { ShapesExtension } from './registry.js';

/** What is understood beyond SHACL Core. */
export const EXTENSIONS: readonly ShapesExtension[] = [];
