import { readFileSync } from 'node:fs';
import { Parser, Store } from 'n3';

/** A Turtle text, or a file of test/fixtures/bundle, as the graph of one container. */
export function graphOf(turtle: string): Store {
  return new Store(new Parser().parse(turtle));
}

export function fixturePath(name: string): string {
  return new URL(`../../fixtures/bundle/${name}`, import.meta.url).pathname;
}

export function fixtureText(name: string): string {
  return readFileSync(fixturePath(name), 'utf8');
}
