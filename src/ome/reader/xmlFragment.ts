import { escapeAttribute, escapeText } from '../xmlEscapes.js';
import type { XmlScope } from './xmlScope.js';

/** Content of an element as XML text that stands on its own: prefixes bound outside it are declared where they are used. */
export interface XmlFragment {
  open(name: string, attributes: Readonly<Record<string, string>>, scope: XmlScope): void;
  text(text: string): void;
  /** Closes the innermost element; false when none is open. */
  close(): boolean;
  result(): string;
  /** Characters so far. */
  readonly length: number;
}

export function xmlFragment(): XmlFragment {
  const parts: string[] = [];
  const open: { readonly name: string; readonly bound: ReadonlySet<string> }[] = [];
  let length = 0;
  let startOpen = false;
  const write = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  const endStart = (): void => {
    if (startOpen) write('>');
    startOpen = false;
  };
  return {
    open(name, attributes, scope) {
      endStart();
      const outer = open.at(-1)?.bound;
      const bound = new Set(outer);
      const prefixes = new Set([prefixOf(name)]);
      let written = '';
      for (const [attribute, value] of Object.entries(attributes)) {
        if (attribute === 'xmlns') bound.add('');
        else if (attribute.startsWith('xmlns:')) bound.add(attribute.slice(6));
        else if (attribute.includes(':')) prefixes.add(prefixOf(attribute));
        written += ` ${attribute}="${escapeAttribute(value)}"`;
      }
      for (const prefix of prefixes) {
        if (bound.has(prefix) || prefix === 'xml') continue;
        const uri = scope.namespaceOf(prefix) ?? '';
        bound.add(prefix);
        if (uri !== '') written += ` xmlns${prefix === '' ? '' : ':'}${prefix}="${escapeAttribute(uri)}"`;
      }
      write(`<${name}${written}`);
      startOpen = true;
      open.push({ name, bound });
    },
    text(text) {
      endStart();
      write(escapeText(text));
    },
    close() {
      const top = open.pop();
      if (top === undefined) return false;
      if (startOpen) write('/>');
      else write(`</${top.name}>`);
      startOpen = false;
      return true;
    },
    result: () => parts.join(''),
    get length() {
      return length;
    },
  };
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}
