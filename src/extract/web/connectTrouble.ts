import type { Trouble } from './patience.js';

/** A reason for which no try will ever work. */
export interface Hopeless {
  readonly kind: 'hopeless';
  readonly wrong: string;
  readonly found?: string | undefined;
  readonly remedy: string;
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority that this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send the certificates between it and a known authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known to this computer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known to this computer',
  CERT_UNTRUSTED: 'its authority is not trusted by this computer',
};
const UNTRUSTED_REMEDY =
  'save the certificate of your authority as a PEM file and set NODE_EXTRA_CA_CERTS to its path; do not switch the check off';

const UNREACHABLE: Readonly<Record<string, readonly [wrong: string, remedy: string]>> = {
  ENOTFOUND: ['no computer has this name', 'correct the host name, or join the network (VPN) that knows it'],
  EAI_AGAIN: ['the name service does not answer', 'check your network connection'],
  ECONNREFUSED: [
    'nothing listens there (connection refused)',
    'check host and port; if they are right, OMERO.web is not running',
  ],
  EHOSTUNREACH: ['no way leads there', 'check your network connection or VPN'],
  ENETUNREACH: ['no way leads there', 'check your network connection or VPN'],
  ENETDOWN: ['the network is down', 'check your network connection'],
  EADDRNOTAVAIL: ['no way leads there', 'check your network connection or VPN'],
  ETIMEDOUT: [
    'the connection is not answered',
    'check host and port, and whether a firewall or VPN stands between; HTTP_PROXY is not used',
  ],
  UND_ERR_CONNECT_TIMEOUT: [
    'the connection is not answered',
    'check host and port, and whether a firewall or VPN stands between; HTTP_PROXY is not used',
  ],
};

/** What kept a request from its answer, in words, from the errors of Node's fetch; hopeless where waiting is no use. */
export function connectTrouble(error: unknown, url: URL): Trouble | Hopeless {
  const code = codeOf(error);
  const untrusted = CERTIFICATE[code];
  if (untrusted !== undefined)
    return {
      kind: 'hopeless',
      wrong: `the certificate of the server is not trusted: ${untrusted}`,
      found: code,
      remedy: UNTRUSTED_REMEDY,
    };
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return {
      kind: 'hopeless',
      wrong: `the certificate of the server ${code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'}`,
      found: code,
      remedy: 'check the clock of this computer; if it is right, ask the administrator for a new certificate',
    };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      kind: 'hopeless',
      wrong: 'the certificate of the server is for another host name',
      found: code,
      remedy: 'write the host name that the certificate names',
    };
  if (code.startsWith('CERT_'))
    return {
      kind: 'hopeless',
      wrong: 'the certificate of the server is refused',
      found: code,
      remedy: UNTRUSTED_REMEDY,
    };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return {
      kind: 'hopeless',
      wrong: 'no encrypted connection comes about',
      found: code,
      remedy: 'if the server speaks plain http, write http://; else ask its administrator for TLS 1.2 or later',
    };
  if (messageOf(error) === 'bad port')
    return {
      kind: 'hopeless',
      wrong: 'this port is reserved for other services, so HTTP is never sent to it',
      found: url.port,
      remedy: 'correct the port',
    };
  const unreachable = UNREACHABLE[code];
  if (unreachable !== undefined)
    return { kind: 'unreachable', status: 503, wrong: unreachable[0], found: code, remedy: unreachable[1] };
  return {
    kind: 'cut',
    status: 502,
    wrong: code.startsWith('HPE_') ? 'the answer is not HTTP' : 'the connection broke before the answer was whole',
    ...(code !== '' && { found: code }),
    remedy:
      url.protocol === 'http:'
        ? 'if the server speaks https, write https://; else try again later'
        : 'try again later; if it stays, tell the administrator of the server',
  };
}

/** The first system code in an error, its causes and, where several addresses were tried, their errors. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError) {
      const inner = at.errors.map(codeOf).find((c) => c !== '');
      if (inner !== undefined) return inner;
    }
  }
  return '';
}

function messageOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : '';
}
