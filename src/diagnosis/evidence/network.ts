import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut, suspected } from './facts.ts';

/** Until the request is sent, a connection through a proxy is one to the proxy. */
export function proxyUnreachable({ failure, proxy }: Facts): Finding {
  if (failure === null) return CANNOT_TELL;
  if (proxy === null) return ruledOut('no proxy is used');
  const through = `the request goes through the proxy ${proxy.host}, which ${proxy.from} names`;
  return failure.phase === 'dns' || failure.phase === 'connect'
    ? confirmed(`${through}, and the proxy was not reached`)
    : suspected(through);
}

/** `localhost` may resolve to two addresses, and a server may listen on only one of them. */
export function localhostFamily({ failure, request }: Facts): Finding {
  if (failure === null) return CANNOT_TELL;
  if (!/^https?:\/\/localhost(?::|\/|$)/i.test(request.url)) return ruledOut('the host is not localhost');
  const six = /::1/.test(failure.message);
  const four = /127\.0\.0\.1/.test(failure.message);
  if (six && four) return ruledOut('nothing listens on 127.0.0.1 nor on ::1');
  if (!six && !four) return CANNOT_TELL;
  return suspected(`localhost stands for ${six ? '::1' : '127.0.0.1'} only, and nothing listens there`);
}

const day = (iso: string): string => iso.slice(0, 10);

export function certificateExpired({ failure, now }: Facts): Finding {
  const seen = failure?.certificate;
  if (seen === undefined || now === null) return CANNOT_TELL;
  return Date.parse(seen.validTo) < now
    ? confirmed(`the certificate was valid until ${day(seen.validTo)}; it was issued by ${seen.issuer}`)
    : ruledOut(`the certificate is valid until ${day(seen.validTo)}`);
}

export function certificateNotYetValid({ failure, now }: Facts): Finding {
  const seen = failure?.certificate;
  if (seen === undefined || now === null) return CANNOT_TELL;
  return Date.parse(seen.validFrom) > now
    ? confirmed(
        `the certificate is valid from ${seen.validFrom}, and the clock here says ${new Date(now).toISOString()}`,
      )
    : ruledOut(`the certificate is valid since ${day(seen.validFrom)}`);
}

/** Names of a certificate (RFC 9525, section 6.3): an asterisk matches one label. */
export function certificateOtherName({ failure, request }: Facts): Finding {
  const seen = failure?.certificate;
  if (seen === undefined || !URL.canParse(request.url)) return CANNOT_TELL;
  const host = new URL(request.url).hostname.replace(/^\[|\]$/g, '');
  const fits = seen.names.some(
    (name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)),
  );
  if (fits) return ruledOut(`the certificate is for ${host}`);
  const names = seen.names.length === 0 ? 'no name' : seen.names.slice(0, 5).join(', ');
  return confirmed(`the certificate is for ${names}, and the host is ${host}`);
}

/** The issuer is a hint; that it is a private authority only follows from its absence here. */
export function certificateIssuer({ failure }: Facts): Finding {
  const seen = failure?.certificate;
  if (seen === undefined) return CANNOT_TELL;
  return seen.selfSigned
    ? confirmed(`the certificate for ${seen.names.join(', ')} was issued by itself`)
    : suspected(`the certificate was issued by ${seen.issuer}`);
}

/** Vendors of products that intercept TLS. */
const INSPECTORS =
  /zscaler|netskope|blue ?coat|symantec web|fortinet|fortigate|palo alto|forcepoint|websense|sophos|mcafee web|cisco (?:umbrella|secure)|barracuda|check ?point|kaspersky|avast|eset|bitdefender|mitmproxy|charles proxy|fiddler|burp|portswigger/i;

export function tlsInspected({ failure }: Facts): Finding {
  const seen = failure?.certificate;
  if (seen === undefined) return CANNOT_TELL;
  return INSPECTORS.test(seen.issuer) ? confirmed(`the certificate was issued by ${seen.issuer}`) : CANNOT_TELL;
}
