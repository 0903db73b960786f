import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import { OmegraphError } from '../errors.js';
import type { MapContext } from '../map/mapRecord.js';
import { loadMappings } from '../map/sssom.js';
import { type Iris, irisUnder } from '../rdf/iris.js';
import { siteTerms } from './terms.js';

/** Folder of the shipped mapping tables. */
export const SHIPPED_MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url));

/** Everything the mapping needs: shipped tables first, the site's own over them, and the ontologies. */
export async function mapContext(config: Config, base = config.base): Promise<MapContext> {
  return {
    iris: checkedIris(base),
    mappings: await loadMappings([SHIPPED_MAPPINGS, ...(config.mappings ?? [])]),
    terms: await siteTerms(config),
    biaBase: config.biaBase,
    ...(config.web !== undefined && { web: config.web.replace(/\/+$/, '') }),
  };
}

/** IRIs under a base given on the command line. @throws OmegraphError (input) when it is no absolute IRI. */
export function checkedIris(base: string): Iris {
  try {
    if (/[?#]/.test(base)) throw new TypeError('nothing can be added after a query or fragment');
    return irisUnder(base);
  } catch (cause) {
    throw new OmegraphError(
      'input',
      {
        where: '--base',
        wrong: 'this is not an absolute IRI without query and fragment',
        found: base,
        remedy: 'write one such as https://omero.example.org',
      },
      { cause },
    );
  }
}
