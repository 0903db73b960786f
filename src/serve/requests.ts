import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { contentType } from './negotiate.js';

/** A signal that fires when the client goes before it has its answer. */
export function abortSignalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/**
 * Gives the answer a strong entity tag made of all that decides on its bytes (RFC 9110 section 8.8.3). True when the client
 * has it already: the answer is then 304, and done.
 */
export function notModified(request: Request, response: Response, ...parts: readonly string[]): boolean {
  const tag = `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}"`;
  response.set({ ETag: tag, 'Cache-Control': 'no-cache' });
  const known = request.headers['if-none-match']?.split(',').map((t) => t.trim().replace(/^W\//, ''));
  if (!known?.includes(tag)) return false;
  response.status(304).end();
  return true;
}

/** Sends a text in a format; as bytes, because a charset belongs to `text/*` only. */
export function sendAs(response: Response, type: string, body: string): void {
  response.setHeader('Content-Type', contentType(type));
  response.send(Buffer.from(body));
}

/** Sends a text chunk by chunk as it is made; a client that goes away stops it. */
export async function sendChunks(response: Response, type: string, chunks: AsyncIterable<string>): Promise<void> {
  response.setHeader('Content-Type', contentType(type));
  await pipeline(Readable.from(chunks), response).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
