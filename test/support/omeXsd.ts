import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XmlLibError, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

const SCHEMAS = new URL('../../../shared/data/ome-xsd/released-schema/', import.meta.url);

/**
 * A function that says what the published schema of OME 2016-06 (libxml2) finds wrong in a document, nothing when it is
 * valid; undefined when the schemas are not beside the checkout.
 */
export async function omeXsd(): Promise<((xml: string) => string[]) | undefined> {
  const schema = await readFile(new URL('2016-06/ome.xsd', SCHEMAS), 'utf8').catch(() => undefined);
  if (schema === undefined) return undefined;
  xmlRegisterFsInputProviders();
  // the schema names the W3C's own copy of xml.xsd; nothing is fetched in tests
  const local = fileURLToPath(new URL('external/xml.xsd', SCHEMAS));
  const document = XmlDocument.fromString(schema.replace('http://www.w3.org/2001/xml.xsd', local));
  const validator = XsdValidator.fromDoc(document);
  return (xml) => {
    let parsed: XmlDocument | undefined;
    try {
      parsed = XmlDocument.fromString(xml);
      validator.validate(parsed);
      return [];
    } catch (error) {
      if (error instanceof XmlValidateError || error instanceof XmlLibError) {
        return error.details.length > 0 ? error.details.map((d) => `${d.line}: ${d.message.trim()}`) : [error.message];
      }
      throw error;
    } finally {
      parsed?.dispose();
    }
  };
}
