const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const OME_NAMESPACE =
  /^https?:\/\/(?:www\.)?openmicroscopy\.(?:org|com)\/(?:Schemas\/(\w+)\/(\d{4}-\d\d)|XMLschemas\/(\w+)\/([A-Z]+\d?)\/\w+\.xsd)[/#]?$/;

/** What an element name stands for under the namespaces in force. */
export interface ElementName {
  readonly local: string;
  readonly uri: string;
  /** Name and version of the OME schema that the namespace is of (`SPW`, `2013-06`); undefined for foreign ones. */
  readonly schema?: { readonly name: string; readonly version: string } | undefined;
}

/** Why a name or declaration breaks Namespaces in XML 1.0. */
export class NamespaceFault extends Error {
  override readonly name = 'NamespaceFault';
}

/** The OME schema of a namespace; the schemas before 2007 are `2003-FC`. */
export function omeSchemaOf(uri: string): ElementName['schema'] {
  const parts = OME_NAMESPACE.exec(uri);
  if (parts === null) return undefined;
  const name = parts[1] ?? parts[3];
  return name === undefined ? undefined : { name, version: parts[2] ?? '2003-FC' };
}

/**
 * The namespaces in force at an element (Namespaces in XML 1.0). Scopes are made only where there are declarations, and
 * each remembers the names it has resolved, so that a name costs one look-up. @throws {NamespaceFault}
 */
export class XmlScope {
  readonly #outer: XmlScope | undefined;
  readonly #declared: ReadonlyMap<string, string>;
  readonly #resolved = new Map<string, ElementName>();

  constructor(declared: ReadonlyMap<string, string>, outer?: XmlScope) {
    this.#declared = declared;
    this.#outer = outer;
  }

  /** The scope of an element with these `xmlns` attributes. */
  with(declarations: readonly (readonly [name: string, value: string])[]): XmlScope {
    const declared = new Map<string, string>();
    for (const [name, value] of declarations) {
      const prefix = name === 'xmlns' ? '' : name.slice(6);
      const uri = value.trim();
      if (prefix === 'xmlns' || uri === XMLNS || (prefix === 'xml') !== (uri === XML))
        throw new NamespaceFault(`the prefix "${prefix}" may not be bound to "${uri}"`);
      if (name !== 'xmlns' && (prefix === '' || prefix.includes(':')))
        throw new NamespaceFault(`malformed name "${name}"`);
      if (name !== 'xmlns' && uri === '') throw new NamespaceFault(`the prefix "${prefix}" may not be unbound`);
      declared.set(prefix, uri);
    }
    return new XmlScope(declared, this);
  }

  /** The namespace of a prefix; '' is the default namespace. */
  namespaceOf(prefix: string): string | undefined {
    const uri = this.#declared.get(prefix);
    if (uri !== undefined) return uri;
    if (this.#outer !== undefined) return this.#outer.namespaceOf(prefix);
    return prefix === 'xml' ? XML : prefix === '' ? '' : undefined;
  }

  element(name: string): ElementName {
    let known = this.#resolved.get(name);
    if (known === undefined) {
      const { prefix, local } = split(name);
      const uri = this.namespaceOf(prefix);
      if (uri === undefined) throw new NamespaceFault(`unbound namespace prefix "${prefix}"`);
      known = { local, uri, schema: omeSchemaOf(uri) };
      if (this.#resolved.size > 1000) this.#resolved.clear();
      this.#resolved.set(name, known);
    }
    return known;
  }

  /** Checks the prefixed attribute names of one element; the names of two may not mean the same attribute. */
  checkAttributes(names: readonly string[]): void {
    const seen = new Set<string>();
    for (const name of names) {
      const { prefix, local } = split(name);
      const uri = this.namespaceOf(prefix);
      if (uri === undefined) throw new NamespaceFault(`unbound namespace prefix "${prefix}"`);
      const expanded = `${uri} ${local}`;
      if (seen.has(expanded)) throw new NamespaceFault(`duplicate attribute "${name}"`);
      seen.add(expanded);
    }
  }
}

/** The scope outside the root. */
export const outermostScope = (): XmlScope => new XmlScope(new Map());

function split(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':');
  if (colon < 0) return { prefix: '', local: name };
  const prefix = name.slice(0, colon);
  const local = name.slice(colon + 1);
  if (prefix === '' || local === '' || local.includes(':') || prefix === 'xmlns' || !/^[\p{L}_]/u.test(local))
    throw new NamespaceFault(`malformed name "${name}"`);
  return { prefix, local };
}
