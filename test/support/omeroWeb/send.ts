import type { ServerResponse } from 'node:http';
import type { Reply } from './intercept.js';

/** Writes an answer, or does what its mishap says; returns the status that the client can see (0: none). */
export function send(reply: Reply, response: ServerResponse): number {
  const { mishap } = reply;
  if (mishap?.kind === 'silence') return 0;
  if (mishap?.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return 0;
  }
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  for (const [name, value] of Object.entries(reply.headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  response.statusCode = reply.status;
  if (mishap === undefined) {
    response.setHeader('Content-Length', body.length);
    response.end(body);
    return reply.status;
  }
  const part = body.subarray(0, mishap.bytes);
  if (mishap.declared === 'whole') {
    response.setHeader('Content-Length', body.length);
    response.write(part, () => response.socket?.destroy());
  } else {
    response.setHeader('Content-Length', part.length);
    response.end(part);
  }
  return reply.status;
}
