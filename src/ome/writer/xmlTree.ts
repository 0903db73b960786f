/** An element to be written: `attributes` is ready text (` ID="Image:0"`), `text` ready content. */
export interface XmlTree {
  readonly name: string;
  readonly attributes: string;
  readonly children?: readonly XmlTree[] | undefined;
  /** Escaped text or a raw fragment; stands instead of children and is never indented. */
  readonly text?: string | undefined;
}

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text with each character that XML 1.0 (section 2.2, Char) forbids as U+FFFD; `onReplaced` is told when there are any. */
export function xmlCharacters(text: string, onReplaced: () => void): string {
  FORBIDDEN.lastIndex = 0;
  if (!FORBIDDEN.test(text)) return text;
  onReplaced();
  return text.replace(FORBIDDEN, '\ufffd');
}

/** The start tag of an element whose children are written one after the other. */
export const startTag = (tree: XmlTree, indent: string): string => `${indent}<${tree.name}${tree.attributes}>\n`;
export const endTag = (tree: XmlTree, indent: string): string => `${indent}</${tree.name}>\n`;

/** The element as indented text; an element with text stays on one line, because blanks count there. */
export function printTree(tree: XmlTree, indent: string): string {
  if (tree.text !== undefined && tree.text !== '') {
    return `${indent}<${tree.name}${tree.attributes}>${tree.text}</${tree.name}>\n`;
  }
  if (tree.children === undefined || tree.children.length === 0) return `${indent}<${tree.name}${tree.attributes}/>\n`;
  const inner = tree.children.map((child) => printTree(child, `${indent}  `)).join('');
  return startTag(tree, indent) + inner + endTag(tree, indent);
}
