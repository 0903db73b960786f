/** An XML element as data: text children are strings, children left out are undefined. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly (XmlElement | string)[];
}
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type XmlChild = XmlElement | string | undefined | readonly (XmlElement | undefined)[];

/** An element; attributes and children that are undefined are left out. */
export function el(name: string, attributes: Attributes = {}, ...children: XmlChild[]): XmlElement {
  return { name, attributes, children: children.flat().filter((child) => child !== undefined) };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);

/** The element as indented XML; an element with text stays on one line, because its blanks count. */
export function print(element: XmlElement, indent = ''): string {
  const attributes = Object.entries(element.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  const { name, children } = element;
  if (children.length === 0) return `${indent}<${name}${attributes}/>\n`;
  if (children.some((child) => typeof child === 'string')) {
    const inner = children
      .map((child) => (typeof child === 'string' ? escaped(child) : print(child).trimEnd()))
      .join('');
    return `${indent}<${name}${attributes}>${inner}</${name}>\n`;
  }
  const inner = children.map((child) => (typeof child === 'string' ? '' : print(child, `${indent}  `))).join('');
  return `${indent}<${name}${attributes}>\n${inner}${indent}</${name}>\n`;
}
