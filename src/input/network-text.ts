import type { Failure, Phase } from '../model/exchange.ts';

/**
 * How clients say that there was no response: a pattern, and the equivalent Node.js failure. The
 * first match wins, so certificates come before the codes that merely announce them.
 */
const SAYINGS: [pattern: RegExp, code: string, phase: Phase][] = [
  [/certificate has expired|CERT_HAS_EXPIRED|CertificateExpiredException/i, 'CERT_HAS_EXPIRED', 'tls'],
  [/certificate is not yet valid|CERT_NOT_YET_VALID/i, 'CERT_NOT_YET_VALID', 'tls'],
  [/self[- ]signed certificate in certificate chain|SELF_SIGNED_CERT_IN_CHAIN/i, 'SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  [/self[- ]signed certificate|DEPTH_ZERO_SELF_SIGNED_CERT/i, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  [
    /unable to get local issuer|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|x509: certificate signed by unknown authority|PKIX path building failed/i,
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'tls',
  ],
  [/unable to verify the first certificate|UNABLE_TO_VERIFY_LEAF_SIGNATURE/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  [
    /no alternative certificate subject name|ERR_TLS_CERT_ALTNAME_INVALID|x509: certificate is valid for|Hostname mismatch|doesn't match|No subject alternative/i,
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'tls',
  ],
  [
    /wrong version number|server gave HTTP response to HTTPS client|0A00010B|Unsupported or unrecognized SSL message/i,
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'tls',
  ],
  [
    /tunneling socket could not be established|when HTTP Tunneling|Proxy CONNECT aborted|CONNECT tunnel failed|Tunnel connection failed|Cannot connect to proxy/i,
    'ERR_PROXY_TUNNEL',
    'connect',
  ],
  [/curl: \(60\)|certificate verify failed/i, 'CERT_UNTRUSTED', 'tls'],
  [/curl: \(3\)|Invalid URL|No scheme supplied|unsupported protocol scheme/i, 'ERR_INVALID_URL', 'connect'],
  [/curl: \(92\)[^\n]*REFUSED_STREAM/i, 'NGHTTP2_REFUSED_STREAM', 'response'],
  [/curl: \((?:16|92)\)|stream error: stream ID/i, 'NGHTTP2_INTERNAL_ERROR', 'response'],
  [/curl: \(35\)|\bEPROTO\b|SSLHandshakeException|tls: handshake failure/i, 'EPROTO', 'tls'],
  [
    /curl: \(5\)|curl: \(6\)|\bENOTFOUND\b|Name or service not known|nodename nor servname|getaddrinfo failed|no such host|UnknownHostException/i,
    'ENOTFOUND',
    'dns',
  ],
  [/\bEAI_AGAIN\b|Temporary failure in name resolution|server misbehaving/i, 'EAI_AGAIN', 'dns'],
  [/curl: \(28\)[^\n]{0,200}(?:Resolving timed out|resolve host|name lookup timed out)/i, 'ETIMEDOUT', 'dns'],
  [/\bECONNREFUSED\b|Connection refused|actively refused/i, 'ECONNREFUSED', 'connect'],
  [/\bEHOSTUNREACH\b|No route to host/i, 'EHOSTUNREACH', 'connect'],
  [/\bENETUNREACH\b|Network is unreachable/i, 'ENETUNREACH', 'connect'],
  [/curl: \(7\)/i, 'ECONNREFUSED', 'connect'],
  [/curl: \(28\)[^\n]{0,200}(?:SSL|TLS)|TLS handshake timeout|Timeout awaiting 'secureConnect'/i, 'ETIMEDOUT', 'tls'],
  [
    /curl: \(28\)[^\n]{0,200}(?:Failed to connect|Connection timed out|Connection timeout|Couldn't connect)|ConnectTimeout|connect ETIMEDOUT|Connection timed out|connect timed out|dial tcp .{0,200}i\/o timeout|UND_ERR_CONNECT_TIMEOUT|Timeout awaiting 'connect'/i,
    'ETIMEDOUT',
    'connect',
  ],
  [
    /curl: \(28\)|ReadTimeout|Read timed out|Client\.Timeout exceeded|context deadline exceeded|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|Timeout awaiting 'response'|timeout of \d+ms exceeded|\bETIMEDOUT\b/i,
    'ETIMEDOUT',
    'response',
  ],
  [
    /curl: \(47\)|TooManyRedirects|ERR_TOO_MANY_REDIRECTS|stopped after 10 redirects/i,
    'ERR_TOO_MANY_REDIRECTS',
    'response',
  ],
  [
    /curl: \(5[26]\)|\bECONNRESET\b|socket hang up|Connection reset by peer|RemoteDisconnected|Empty reply from server|UND_ERR_SOCKET|Connection aborted/i,
    'ECONNRESET',
    'response',
  ],
  [/\bEPIPE\b|Broken pipe/i, 'EPIPE', 'request'],
  [
    /curl: \(1\) Received HTTP\/0\.9|HPE_INVALID_CONSTANT|malformed HTTP response|BadStatusLine/i,
    'HPE_INVALID_CONSTANT',
    'response',
  ],
  [/\bHPE_HEADER_OVERFLOW\b/i, 'HPE_HEADER_OVERFLOW', 'response'],
  [
    /curl: \(18\)|ERR_HTTP_CONTENT_LENGTH_MISMATCH|unexpected EOF|IncompleteRead/i,
    'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
    'response',
  ],
  [/fetch failed[\s\S]{0,500}bad port/i, 'ERR_UNSAFE_PORT', 'connect'],
  [/curl: \(61\)|\bZ_DATA_ERROR\b|incorrect header check/i, 'Z_DATA_ERROR', 'response'],
];

/** Codes whose prefix tells the phase; the catalog has the meaning of each. */
const FAMILIES: [pattern: RegExp, phase: Phase][] = [
  [/\b(NGHTTP2_[A-Z_0-9]+)\b/, 'response'],
  [/\b(EAI_[A-Z]+|ESERVFAIL|EBADRESP|EFORMERR)\b/, 'dns'],
  [/\b((?:CERT|CRL|ERR_TLS|ERR_SSL)_[A-Z0-9_/]+|INVALID_CA|INVALID_PURPOSE)\b/, 'tls'],
  [/\b(ERR_OSSL_[A-Z0-9_]+)\b/, 'connect'],
  [/\b(ERR_INVALID_URL|ERR_INVALID_CHAR|ERR_INVALID_PROTOCOL|ERR_UNESCAPED_CHARACTERS)\b/, 'connect'],
  [/\b(EHOSTDOWN|ENETDOWN|EADDRINUSE|EADDRNOTAVAIL|EMFILE|ENFILE)\b/, 'connect'],
  [/\b(HPE_[A-Z_]+|ERR_HTTP2_[A-Z_]+|UND_ERR_[A-Z_0-9]+|Z_BUF_ERROR|ERR_CANCELED|ABORT_ERR)\b/, 'response'],
];

/** How far a message is searched for. */
const SEARCHED = 64 * 1024;

/** The network failure that a client's message describes, or null. */
export function readNetworkText(text: string): Failure | null {
  const start = text.slice(0, SEARCHED);
  const lineOf = (pattern: RegExp) => (start.split('\n').find((each) => pattern.test(each)) ?? start).trim();
  const said = SAYINGS.find(([pattern]) => pattern.test(start));
  if (said !== undefined) {
    const [pattern, code, phase] = said;
    return { phase, code, message: lineOf(pattern) };
  }
  for (const [pattern, phase] of FAMILIES) {
    const code = pattern.exec(start)?.[1];
    if (code !== undefined) return { phase, code, message: lineOf(pattern) };
  }
  return null;
}
