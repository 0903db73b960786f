import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const zipped = promisify(gzip);

/** A value as JSON, gzip and Base64, as the script of the page unpacks it: no character of it means anything in HTML. */
export async function packed(value: unknown): Promise<string> {
  return (await zipped(JSON.stringify(value), { level: 6 })).toString('base64');
}
