import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { connectTrouble } from '../../../src/extract/web/connectTrouble.js';
import { exchange } from '../../../src/extract/web/exchange.js';
import { stopSign } from '../../../src/extract/web/stopSign.js';
import { realClock } from '../../../src/extract/web/webClock.js';
import { failure, golden, open, someServer } from './sessions.js';

/** What Node's fetch throws for a system code. */
const failed = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('secret details'), { code }) });
const HTTPS = new URL('https://omero.example.org/');

describe('a connection that does not come about', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not trusted: it is signed by itself', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'an authority that this computer does not know', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'the certificates between it', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its authority is not known', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'the certificate of the server has expired', 'check the clock of this computer'],
    ['CERT_NOT_YET_VALID', 'the certificate of the server is not valid yet', 'check the clock'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another host name', 'write the host name that the certificate names'],
    ['CERT_REVOKED', 'the certificate of the server is refused', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no encrypted connection', 'write http://'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'no encrypted connection', 'write http://'],
    ['EPROTO', 'no encrypted connection', 'write http://'],
  ])('is hopeless with %s', (code, wrong, remedy) => {
    const trouble = connectTrouble(failed(code), HTTPS);
    expect(trouble).toMatchObject({ kind: 'hopeless', found: code });
    expect(trouble.wrong).toContain(wrong);
    expect(trouble.remedy).toContain(remedy);
  });

  it.each([
    ['ENOTFOUND', 'unreachable', 'no computer has this name'],
    ['EAI_AGAIN', 'unreachable', 'the name service does not answer'],
    ['ECONNREFUSED', 'unreachable', 'nothing listens there'],
    ['EHOSTUNREACH', 'unreachable', 'no way leads there'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreachable', 'the connection is not answered'],
    ['ECONNRESET', 'cut', 'the connection broke'],
    ['UND_ERR_SOCKET', 'cut', 'the connection broke'],
    ['HPE_INVALID_CONSTANT', 'cut', 'the answer is not HTTP'],
  ])('may pass with %s', (code, kind, wrong) => {
    const trouble = connectTrouble(failed(code), HTTPS);
    expect(trouble).toMatchObject({ kind });
    expect(trouble.wrong).toContain(wrong);
  });

  it('is told by the first of several addresses that were tried', () => {
    const both = new AggregateError([failed('ECONNREFUSED').cause, failed('ENETUNREACH').cause]);
    expect(connectTrouble(new TypeError('fetch failed', { cause: both }), HTTPS).found).toBe('ECONNREFUSED');
  });

  it('is told without details where the reason is unknown', () => {
    expect(connectTrouble(new Error('?'), HTTPS)).toMatchObject({ kind: 'cut', status: 502 });
    expect(JSON.stringify(connectTrouble(failed('EWHATEVER'), HTTPS))).not.toContain('secret details');
  });
});

describe('https', () => {
  it('is refused with a certificate that signs itself, at once', async () => {
    const server = createServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const error = await failure(open({ url: `https://localhost:${port}/` }));
    expect(error.message).toContain('the certificate of the server is not trusted: it is signed by itself');
    expect(error.message).toContain('set NODE_EXTRA_CA_CERTS to its path');
    // And the reverse: plain http to a port that speaks https.
    const plain = await failure(open({ url: `http://localhost:${port}/` }));
    expect(plain.message).toContain('if the server speaks https, write https://');
    server.close();
  });

  it('carries a login with the Referer that Django demands there, and cookies for https only', async () => {
    const inner = await golden({ https: true, prefix: '/omero' });
    const proxy = createServer({ key: KEY, cert: CERTIFICATE }, (message, response) => {
      const { pathname, search } = new URL(message.url ?? '/', inner.url);
      const { method, headers } = message;
      const onward = request(new URL(pathname + search, inner.url), { method, headers }, (answer) => {
        const cookies = answer.headers['set-cookie']?.map((cookie) => `${cookie}; Secure`);
        response.writeHead(answer.statusCode ?? 0, { ...answer.headers, ...(cookies && { 'set-cookie': cookies }) });
        answer.pipe(response);
      });
      message.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    // Trusting one certificate takes NODE_EXTRA_CA_CERTS, which is read when the process starts.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    try {
      const session = await open({ url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}/omero` });
      expect(await session.get('api/v0/m/projects/101/')).toHaveProperty(['data', '@id'], 101);
      await session.close();
      expect(inner.openSessions).toBe(0);
    } finally {
      vi.unstubAllEnvs();
      proxy.close();
    }
  });

  it('is refused where the server speaks plain http', async () => {
    const url = await someServer((_request, response) => response.end('{}'));
    const error = await failure(open({ url: url.replace('http:', 'https:') }));
    expect(error.message).toContain('no encrypted connection comes about');
    expect(error.message).toContain('if the server speaks plain http, write http://');
  });
});

describe('an answer without end', () => {
  const limits = { timeoutSeconds: 5, maxBytes: 2 ** 20, stop: stopSign(), clock: realClock };

  it('is cut off at its largest size, and the connection with it', async () => {
    let closed = (): void => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const url = await someServer((_request, response) => {
      response.once('close', closed);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = (): void =>
        void (response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more)));
      more();
    });
    const answer = await exchange({ url: new URL(url), headers: {} }, limits);
    expect(answer).toMatchObject({
      kind: 'huge',
      wrong: 'the answer is larger than 1 MB, which no page of metadata is',
    });
    await isClosed;
  });

  it('is cut off when it trickles for ten timeouts', async () => {
    const url = await someServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(drip));
    });
    const answer = await exchange({ url: new URL(url), headers: {} }, { ...limits, timeoutSeconds: 0.05 });
    expect(answer).toMatchObject({ kind: 'silent' });
  });
});

/** Made for these tests with openssl: self-signed, for localhost, until 2126. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVzaKrozhLeSVZWxZ
NrWbzXCRCK7P+ljkfMDiqD/1EX+hRANCAAQKGMKbeXJUJA0Vxv4fPs54PZUPCWIW
S6HvTx4U1JYRhGDPdzZDDd371rq16NVpaZO14ySWZqdWC8m26aLnNebK
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUOZ0dzWUH3wmokOtIknvEPsK/O80wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA3NDgyOFoYDzIxMjYxMDI4
MDc0ODI4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQKGMKbeXJUJA0Vxv4fPs54PZUPCWIWS6HvTx4U1JYRhGDPdzZDDd37
1rq16NVpaZO14ySWZqdWC8m26aLnNebKo28wbTAdBgNVHQ4EFgQU5kXyRx/NSigt
N68zcl31yMPiSMgwHwYDVR0jBBgwFoAU5kXyRx/NSigtN68zcl31yMPiSMgwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAOFCaA7WzjWT9ILJoXCRkwnieJbkDcRX37aiXh9dLDqvAiB3
RTvK6jeBD+y84BlJb34lft80hkClZ6v5Wzavf4PWQg==
-----END CERTIFICATE-----`;
