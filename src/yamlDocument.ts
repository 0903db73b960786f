import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { OmegraphError } from './errors.js';

interface YamlFile {
  /** Name for messages. */
  readonly file: string;
  readonly text: string;
}

const ajv = new Ajv({ allErrors: true, verbose: true, useDefaults: true, strict: true, allowUnionTypes: true });
ajv.addKeyword('remedy');
ajv.addFormat('iri', /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|^`\\]+$/);
ajv.addFormat('base', /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|^`\\?#]+$/);
ajv.addFormat('time-zone', isTimeZone);
ajv.addFormat('date', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

/** Whether this is a name of the IANA time zone database. */
function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Reads a YAML file; @throws OmegraphError when it cannot be read. */
export async function readYamlFile(file: string, tag: 'config' | 'input', remedy: string): Promise<YamlFile> {
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (cause) {
    const found = (cause as NodeJS.ErrnoException).code;
    throw new OmegraphError(tag, { where: file, wrong: 'the file cannot be read', found, remedy }, { cause });
  }
}

/**
 * Parses YAML 1.2 and checks it against a JSON Schema (2020-12 subset of ajv), filling in the schema's defaults. Every
 * fault is one sentence with `file:line`; a schema node may carry `remedy`, the words that tell what to write instead.
 * @throws OmegraphError that lists all faults.
 */
export function checkedYaml(source: YamlFile, schema: object, tag: 'config' | 'input'): unknown {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): string => `${source.file}:${lines.linePos(offset).line}`;
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new OmegraphError(tag, {
      where: at(broken.pos[0]),
      wrong: 'this is not valid YAML',
      found: broken.message,
      remedy: 'correct the indentation or quoting there',
    });
  }
  const value = plainValue(document, source.file, tag);
  const validate = ajv.compile(schema);
  if (validate(value)) return value;
  const faults = (validate.errors ?? []).filter((e) => e.keyword !== 'if' && e.keyword !== 'anyOf');
  const place = (path: readonly string[]): string => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node: unknown =
        depth === 0 ? document.contents : document.getIn(path.slice(0, depth).map(indexOrKey), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return source.file;
  };
  const [first, ...rest] = faults.map((fault) => describe(fault, schema, place));
  throw new OmegraphError(tag, {
    where: first?.where ?? source.file,
    wrong: first?.wrong ?? 'the file does not follow its schema',
    found: first?.found,
    remedy: [first?.remedy ?? 'see the documentation', ...rest.map((r) => `${r.where}: ${r.wrong}; ${r.remedy}`)].join(
      ' · ',
    ),
  });
}

/**
 * The document as plain values; none is an empty object. @throws OmegraphError when an alias has no anchor, or when aliases
 * repeat each other beyond measure.
 */
export function plainValue(document: Document.Parsed, file: string, tag: 'config' | 'input'): unknown {
  try {
    return (document.toJS({ maxAliasCount: 50 }) as unknown) ?? {};
  } catch (cause) {
    throw new OmegraphError(
      tag,
      {
        where: file,
        wrong: 'an alias of the YAML cannot be followed',
        found: (cause as Error).message,
        remedy: 'write the values out instead of using & and *',
      },
      { cause },
    );
  }
}

const indexOrKey = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);

interface Fault {
  readonly where: string;
  readonly wrong: string;
  readonly found?: string | undefined;
  readonly remedy: string;
}

function describe(fault: ErrorObject, schema: object, place: (path: readonly string[]) => string): Fault {
  const path = fault.instancePath
    .split('/')
    .slice(1)
    .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
  const remedy = remedyAt(schema, fault.schemaPath);
  switch (fault.keyword) {
    case 'additionalProperties': {
      const name = String(fault.params.additionalProperty);
      const known = Object.keys(
        (fault.parentSchema as { properties?: object } | undefined)?.properties ??
          propertiesAt(schema, fault.schemaPath),
      );
      return {
        where: place([...path, name]),
        wrong: `"${[...path, name].join('.')}" is not a known key`,
        remedy: known.length > 0 ? `use one of: ${known.join(', ')}` : 'remove it',
      };
    }
    case 'required':
      return {
        where: place(path),
        wrong: `"${[...path, String(fault.params.missingProperty)].join('.')}" is missing`,
        remedy: remedyAt(schema, fault.schemaPath, String(fault.params.missingProperty)) ?? 'add it',
      };
    case 'enum':
      return {
        where: place(path),
        wrong: `${key} is not an allowed value`,
        found: shown(fault.data),
        remedy: remedy ?? `use one of: ${(fault.params.allowedValues as unknown[]).join(', ')}`,
      };
    default:
      return {
        where: place(path),
        wrong:
          path.length === 0
            ? 'the file is not made of keys and values'
            : `${key} ${FORMS.has(fault.keyword) ? 'is not of the right form' : (fault.message ?? 'is wrong')}`,
        found: shown(fault.data),
        remedy: remedy ?? (path.length === 0 ? 'write lines of "key: value"' : 'correct the value'),
      };
  }
}

/** Keywords whose own messages name a rule of ours and not what to write. */
const FORMS: ReadonlySet<string> = new Set(['format', 'pattern']);

const shown = (data: unknown): string => (typeof data === 'string' ? data : JSON.stringify(data));

/** Walks a `#/properties/x/type` pointer and returns the nearest enclosing object of the schema. */
function schemaNode(schema: object, pointer: string): Record<string, unknown> {
  let node: unknown = schema;
  for (const step of pointer.split('/').slice(1, -1)) {
    const next = (node as Record<string, unknown>)[step.replaceAll('~1', '/')];
    if (typeof next !== 'object' || next === null) break;
    node = next;
  }
  return node as Record<string, unknown>;
}

function propertiesAt(schema: object, pointer: string): object {
  return (schemaNode(schema, pointer).properties as object | undefined) ?? {};
}

function remedyAt(schema: object, pointer: string, property?: string): string | undefined {
  const node = schemaNode(schema, pointer);
  const holder =
    property === undefined
      ? node
      : ((node.properties as Record<string, unknown> | undefined)?.[property] as Record<string, unknown> | undefined);
  return typeof holder?.remedy === 'string' ? holder.remedy : undefined;
}
