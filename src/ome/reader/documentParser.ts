import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type FindingCode, finding } from '../../findings.js';
import type { OmeNode, OmeXmlOptions } from '../omeXmlReader.js';
import { type ElementRule, type Frame, newFrame, rule as ruleOf } from './elementRule.js';
import { documentReading } from './reading.js';
import { emitRoot, ROOT } from './rootElement.js';
import { isFault, readValue } from './values.js';
import { EncodingFault, xmlDecoder } from './xmlDecoder.js';
import { type XmlFragment, xmlFragment } from './xmlFragment.js';
import { NamespaceFault, outermostScope, type XmlScope } from './xmlScope.js';

/** Turns bytes into nodes. */
export interface DocumentParser {
  /** Whether reading stopped because the XML is broken or not OME's; what is written then is not looked at. */
  readonly stopped: boolean;
  write(bytes: Uint8Array): void;
  end(): void;
  take(): readonly OmeNode[];
}

/** Ends reading from inside the parser. */
class Stop extends Error {}

/** Characters of one text, attribute, comment or fragment, and of all that may stand before the root. */
const LONGEST = 16 * 1024 * 1024;
const PROLOG = 1024 * 1024;
const NAMES = 10_000;
const BAD_REFERENCE = /&#(?:x([0-9a-f]+)|(\d+));/gi;

/** Schema versions that are read; 2003-FC stands for all before 2007. */
const VERSIONS: ReadonlySet<string> = new Set(
  '2003-FC 2007-06 2008-02 2008-09 2009-09 2010-04 2010-06 2011-06 2012-06 2013-06 2015-01 2016-06'.split(' '),
);

/**
 * The parser of one document. Namespaces are resolved here and not by saxes, which then has less to do for each
 * attribute; names that need it are found by their colon.
 */
export function documentParser(options: OmeXmlOptions): DocumentParser {
  const reading = documentReading(options);
  const sax = new SaxesParser({ xmlns: false, position: true });
  const maxDepth = options.maxDepth ?? 100;
  /** Attribute names without prefix that declare nothing. */
  const plain = new Set<string>();
  const names: string[] = [];
  const values: string[] = [];
  let attributes = 0;
  let scope: XmlScope = outermostScope();
  const scopes: { readonly depth: number; readonly outer: XmlScope }[] = [];
  let depth = 0;
  /** Depth inside an element that is passed over. */
  let passed = 0;
  let top: Frame | undefined;
  let fragment: XmlFragment | undefined;
  let badReferences = false;
  let before = 0;
  let stopped = false;

  const at = (): string => `${options.file}:${sax.line}:${sax.column + 1}`;
  const tell = (code: FindingCode, detail: string): void =>
    options.onFinding(finding(code, options.file, { at: at(), detail }));
  const stop = (code: FindingCode, detail: string): never => {
    tell(code, detail);
    throw new Stop();
  };
  const decoder = xmlDecoder({
    onMismatch: (detail) => tell('xml-encoding', detail),
    onReplaced(count, index, text) {
      reading.line = sax.line + (text.slice(0, index).split('\n').length - 1);
      reading.count('text-control-character', 'text', text.slice(Math.max(0, index - 20), index + 20), count);
    },
  });

  const repaired = (text: string): string => {
    if (!badReferences) return text;
    return text.replace(BAD_REFERENCE, (whole: string, hex: string | undefined, decimal: string | undefined) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isChar =
        code === 9 ||
        code === 10 ||
        code === 13 ||
        (code >= 32 && (code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff)));
      return isChar && code <= 0x10ffff ? whole : '\ufffd';
    });
  };

  sax.on('error', (error) => {
    const message = error.message.replace(/^\d+:\d+: /, '');
    // saxes closes the innermost element first and compares the names after that.
    if (message === 'unexpected close tag.') reading.undo();
    if (message !== 'malformed character entity.')
      stop('xml-malformed', `${message.replace(/\.$/, '')}; reading stopped here`);
    badReferences = true;
    reading.line = sax.line;
    reading.count('text-control-character', 'reference', 'a reference to a character that XML does not allow');
  });
  sax.on('doctype', (doctype) => {
    stop('xml-doctype', `<!DOCTYPE${doctype}`);
  });
  sax.on('attribute', (attribute) => {
    const { name, value } = attribute as { name: string; value: string };
    names[attributes] = name;
    values[attributes] = value;
    attributes += 1;
  });

  /** Takes declarations of the element into the scope and checks its prefixes. */
  const declare = (count: number): void => {
    let declarations: [string, string][] | undefined;
    let prefixed: string[] | undefined;
    for (let i = 0; i < count; i += 1) {
      const name = names[i] as string;
      if (plain.has(name)) continue;
      if (name === 'xmlns' || name.startsWith('xmlns:'))
        declarations = [...(declarations ?? []), [name, values[i] as string]];
      else if (name.includes(':')) prefixed = [...(prefixed ?? []), name];
      else {
        if (plain.size > NAMES) plain.clear();
        plain.add(name);
      }
    }
    if (declarations !== undefined) {
      scopes.push({ depth, outer: scope });
      scope = scope.with(declarations);
    }
    if (prefixed !== undefined) scope.checkAttributes(prefixed);
  };

  const collect = (text: string): void => {
    if (fragment !== undefined) {
      fragment.text(repaired(text));
      if (fragment.length > LONGEST)
        stop('xml-malformed', `more than ${LONGEST} characters of XML in an annotation; reading stopped here`);
    } else if (top !== undefined && passed === 0) {
      top.text += repaired(text);
      if (top.text.length > LONGEST)
        stop('xml-malformed', `a text of more than ${LONGEST} characters; reading stopped here`);
    }
  };
  // Without handlers saxes does not keep text, which most of a document is of no use for.
  const listen = (on: boolean): void => {
    if (on) {
      sax.on('text', collect);
      sax.on('cdata', collect);
    } else {
      sax.off('text');
      sax.off('cdata');
    }
  };

  const begin = (rule: ElementRule, name: string, tag: SaxesTagPlain, count: number): void => {
    const frame = newFrame(rule, name, top, tag.attributes, sax.line);
    top = frame;
    reading.line = sax.line;
    rule.open?.(frame, reading);
    const { draft } = frame;
    for (let i = 0; i < count; i += 1) {
      const attribute = names[i] as string;
      const known = rule.attributes.get(attribute);
      if (known === null) continue;
      if (known === undefined) {
        if (plain.has(attribute)) reading.unknown(frame, `@${attribute}`);
        continue;
      }
      const raw = values[i] as string;
      const value = readValue(known, raw, tag.attributes[known.unitName]);
      if (isFault(value)) reading.count(value.code, `${name}/@${attribute}`, `${name} ${attribute}="${value.found}"`);
      else draft[known.key] = value;
    }
    if (rule.text === true) listen(true);
    else if (rule.fragment === true) {
      fragment = xmlFragment();
      listen(true);
    }
  };

  const beginRoot = (tag: SaxesTagPlain, count: number): void => {
    const { local, schema, uri } = scope.element(tag.name);
    if (local !== 'OME' || schema === undefined) {
      stop('ome-namespace', uri === '' ? `<${tag.name}> without a namespace` : `<${tag.name}> in ${uri}`);
      return;
    }
    if (!VERSIONS.has(schema.version)) tell('ome-namespace', `version ${schema.version}, read as 2016-06`);
    reading.version = schema.version;
    begin(ROOT, local, tag, count);
  };

  sax.on('opentag', (opened) => {
    const tag = opened as SaxesTagPlain;
    const count = attributes;
    attributes = 0;
    depth += 1;
    if (depth > maxDepth) stop('xml-too-deep', `more than ${maxDepth} elements inside each other`);
    if (count > 0) declare(count);
    if (badReferences) {
      for (let i = 0; i < count; i += 1) {
        const name = names[i] as string;
        values[i] = repaired(values[i] as string);
        tag.attributes[name] = values[i] as string;
      }
    }
    if (top === undefined) return beginRoot(tag, count);
    const { local, schema } = scope.element(tag.name);
    if (fragment !== undefined) return fragment.open(tag.name, tag.attributes, scope);
    if (passed > 0) {
      passed += 1;
      return;
    }
    const rule = schema === undefined ? undefined : top.rule.children.get(local);
    if (rule === undefined) {
      reading.line = sax.line;
      reading.unknown(top, tag.name);
      passed = 1;
    } else if (rule.skipped === true) {
      passed = 1;
    } else {
      if (depth === 2 && local !== 'Rights') emitRoot(top.draft, reading);
      begin(rule, local, tag, count);
    }
  });

  sax.on('closetag', () => {
    if (fragment?.close() === true) {
      // Inside the fragment.
    } else if (passed > 0) {
      passed -= 1;
    } else if (top !== undefined) {
      const frame = top;
      const { rule } = frame;
      if (fragment !== undefined) {
        frame.text = fragment.result();
        fragment = undefined;
        listen(false);
      } else if (rule.text === true) listen(false);
      reading.line = sax.line;
      reading.mark();
      rule.close?.(frame, reading);
      top = frame.parent ?? OUTSIDE;
    }
    if (scopes.length > 0 && scopes[scopes.length - 1]?.depth === depth) scope = scopes.pop()?.outer ?? scope;
    depth -= 1;
  });

  /** Runs the parser; what stops it is told here. */
  const guarded = (run: () => void): void => {
    if (stopped) return;
    try {
      run();
    } catch (error) {
      if (error instanceof NamespaceFault) tell('xml-malformed', `${error.message}; reading stopped here`);
      else if (error instanceof EncodingFault) {
        stopped = false;
        guarded(() => {
          sax.write(error.readable);
          stop('xml-encoding', `${error.message}; reading stopped here`);
        });
      } else if (!(error instanceof Stop)) throw error;
      stopped = true;
    }
  };

  return {
    get stopped() {
      return stopped;
    },
    write(bytes) {
      guarded(() => {
        sax.write(decoder.decode(bytes));
        before += top === undefined ? bytes.length : 0;
        if (before > PROLOG && top === undefined)
          stop('xml-malformed', `no root element in the first ${PROLOG} bytes; reading stopped here`);
        // Text that saxes is still putting together: an attribute or comment without end.
        // The property is private, and there is no other way to see it.
        if (sax['text'].length > LONGEST)
          stop(
            'xml-malformed',
            `a text, attribute or comment of more than ${LONGEST} characters; reading stopped here`,
          );
      });
    },
    end() {
      guarded(() => {
        sax.write(decoder.end());
        sax.close();
      });
      reading.finish();
    },
    take: () => reading.take(),
  };
}

/** What is around the root, once it is closed. */
const OUTSIDE: Frame = newFrame(ruleOf({}), '', undefined, {}, 0);
