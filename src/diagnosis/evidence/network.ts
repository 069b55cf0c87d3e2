import { type Assessment, CANNOT_TELL, confirmed, ruledOut, suspected } from './assessment.ts';
import type { Facts } from './facts.ts';

/** Until the request is sent, a connection through a proxy is one to the proxy. */
export function proxyUnreachable({ failure, proxy }: Facts): Assessment {
  if (failure === null) return CANNOT_TELL;
  if (proxy === null) return ruledOut({ code: 'proxy-none' });
  const used = { proxy: proxy.host, from: proxy.from };
  return failure.phase === 'dns' || failure.phase === 'connect'
    ? confirmed({ code: 'proxy-unreachable', ...used })
    : suspected({ code: 'proxy-used', ...used });
}

/** `localhost` may resolve to two addresses, and a server may listen on only one of them. */
export function localhostFamily({ failure, request }: Facts): Assessment {
  if (failure === null) return CANNOT_TELL;
  if (!/^https?:\/\/localhost(?::|\/|$)/i.test(request.url)) return ruledOut({ code: 'localhost-not' });
  const six = /::1/.test(failure.message);
  const four = /127\.0\.0\.1/.test(failure.message);
  if (six && four) return ruledOut({ code: 'localhost-both-families' });
  if (!six && !four) return CANNOT_TELL;
  return suspected({ code: 'localhost-one-family', address: six ? '::1' : '127.0.0.1' });
}

export function certificateExpired({ failure, now }: Facts): Assessment {
  const seen = failure?.certificate;
  if (seen === undefined || now === null) return CANNOT_TELL;
  const { validTo, issuer } = seen;
  return Date.parse(validTo) < now
    ? confirmed({ code: 'certificate-expired', validTo, issuer })
    : ruledOut({ code: 'certificate-valid-until', validTo });
}

export function certificateNotYetValid({ failure, now }: Facts): Assessment {
  const seen = failure?.certificate;
  if (seen === undefined || now === null) return CANNOT_TELL;
  const { validFrom } = seen;
  return Date.parse(validFrom) > now
    ? confirmed({ code: 'certificate-not-yet-valid', validFrom, now: new Date(now).toISOString() })
    : ruledOut({ code: 'certificate-valid-since', validFrom });
}

/** Names of a certificate (RFC 9525, section 6.3): an asterisk matches one label. */
export function certificateOtherName({ failure, request }: Facts): Assessment {
  const seen = failure?.certificate;
  if (seen === undefined || !URL.canParse(request.url)) return CANNOT_TELL;
  const host = new URL(request.url).hostname.replace(/^\[|\]$/g, '');
  const fits = seen.names.some(
    (name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)),
  );
  return fits
    ? ruledOut({ code: 'certificate-names-host', host })
    : confirmed({ code: 'certificate-other-names', names: seen.names, host });
}

/** The issuer is a hint; that it is a private authority only follows from its absence here. */
export function certificateIssuer({ failure }: Facts): Assessment {
  const seen = failure?.certificate;
  if (seen === undefined) return CANNOT_TELL;
  return seen.selfSigned
    ? confirmed({ code: 'certificate-self-signed', names: seen.names })
    : suspected({ code: 'certificate-issuer', issuer: seen.issuer });
}

/** Vendors of products that intercept TLS. */
const INSPECTORS =
  /zscaler|netskope|blue ?coat|symantec web|fortinet|fortigate|palo alto|forcepoint|websense|sophos|mcafee web|cisco (?:umbrella|secure)|barracuda|check ?point|kaspersky|avast|eset|bitdefender|mitmproxy|charles proxy|fiddler|burp|portswigger/i;

export function tlsInspected({ failure }: Facts): Assessment {
  const seen = failure?.certificate;
  if (seen === undefined) return CANNOT_TELL;
  return INSPECTORS.test(seen.issuer) ? confirmed({ code: 'certificate-issuer', issuer: seen.issuer }) : CANNOT_TELL;
}
