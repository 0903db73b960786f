import { Store } from 'n3';
import { turtle } from '../turtle.js';

/** Prefixes of the Turtle in these tests. */
export const TEST_PREFIXES = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n`;

/** A shapes graph from Turtle. */
export const shapesOf = (text: string): Store => new Store(turtle(TEST_PREFIXES + text));
