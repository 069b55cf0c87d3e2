import type { Certificate, Failure, Headers, Request } from '../../model/exchange.ts';
import type { Styles } from '../style.ts';
import { visible, visibleLine } from '../text.ts';
import { listOf } from '../words.ts';
import { fieldLines, protocolName, statusWords } from './head.ts';

/** The parts of an attempt that `--verbose` shows: the request, and everything known before the body of the response. */
export interface ShownExchange {
  /** With credentials masked. */
  request: Request;
  response: { status: number; headers: Headers } | null;
  failure: Pick<Failure, 'phase' | 'code'> | null;
  httpVersion: string;
  redirects: { url: string; status: number; location: string }[];
  proxy: { host: string; from: string } | null;
  connection: {
    address: string | null;
    tls: { protocol: string; cipher: string; certificate: Certificate | null } | null;
  } | null;
}

/** The prefix of each line. */
const MARK = '> ';

/** Longer bodies of requests are cut, in characters: about a screen. */
const LONGEST_BODY = 2000;

/**
 * An attempt up to the body of its response: `*` for the connection, `>` for what was sent, `<` for
 * what came.
 *
 *     * GET http://example.com/a
 *     * 302 Found, location: https://example.com/b
 *     * 203.0.113.7:443, TLSv1.3 (TLS_AES_256_GCM_SHA384), HTTP/1.1
 *     * certificate for example.com, issued by R3, valid until 2027-01-31
 *     > GET /b HTTP/1.1
 *     > host: example.com
 *     < HTTP/1.1 200 OK
 *     < content-type: application/json
 *
 * @param width that of a screen; longer fields are broken between words
 */
export function renderExchange(exchange: ShownExchange, style: Styles, width = Number.POSITIVE_INFINITY): string {
  const { request, response, failure, httpVersion, redirects, proxy } = exchange;
  const target = URL.canParse(request.url) ? new URL(request.url) : null;
  const path = target === null ? request.url : target.pathname + target.search;
  const protocol = protocolName(httpVersion === '' ? '1.1' : httpVersion);
  const room = width - MARK.length;
  const sent = [
    `${style.strong(request.method)} ${visibleLine(path)} ${protocol}`,
    ...fieldLines(withHost(request.headers, target), style, room),
    ...(request.body === null ? [] : ['', ...bodyLines(request.body)]),
  ];
  const came =
    response === null
      ? []
      : [`${protocol} ${statusWords(response.status, style)}`, ...fieldLines(response.headers, style, room)];
  const facts = [
    ...redirects.slice(0, 1).map(({ url }) => `${request.method} ${visibleLine(url)}`),
    // As it came: in a normalized URL, a secret may no longer be recognized.
    ...redirects.map(({ status, location }) => `${statusWords(status, style)}, location: ${visibleLine(location)}`),
    ...(proxy === null ? [] : [visibleLine(`through the proxy ${proxy.host}, which ${proxy.from} names`)]),
    ...connectionLines(exchange),
  ];
  const marked = (sign: string, lines: string[]) => lines.map((line) => `${style.quiet(sign)} ${line}`.trimEnd());
  const failed = failure === null ? [] : [`${failure.phase}: ${visibleLine(failure.code)}`];
  const lines = [...marked('*', facts), ...marked('>', sent), ...marked('<', came), ...marked('*', failed)];
  return `${lines.join('\n')}\n`;
}

/** The host comes first, as most clients send it. */
function withHost(headers: Headers, target: URL | null): Headers {
  const { host = target?.host, ...others } = headers;
  return host === undefined ? others : { host, ...others };
}

function bodyLines(body: string): string[] {
  const cut = body.length > LONGEST_BODY;
  const lines = visible(cut ? body.slice(0, LONGEST_BODY) : body).split('\n');
  return cut ? [...lines, `… (cut, ${body.length - LONGEST_BODY} more characters)`] : lines;
}

function connectionLines({ connection, httpVersion }: ShownExchange): string[] {
  if (connection === null) return [];
  const { address, tls } = connection;
  const facts = [
    ...(address === null ? [] : [address]),
    ...(tls === null ? [] : [`${tls.protocol}${tls.cipher === '' ? '' : ` (${tls.cipher})`}`]),
    protocolName(httpVersion),
  ];
  return [facts.join(', '), ...(tls === null ? [] : [certificateLine(tls.certificate)])];
}

function certificateLine(certificate: Certificate | null): string {
  if (certificate === null) return 'no certificate: the TLS session was resumed';
  const { names, issuer, selfSigned, validTo } = certificate;
  const by = selfSigned ? 'issued by itself' : `issued by ${issuer}`;
  return visibleLine(`certificate for ${listOf(names)}, ${by}, valid until ${validTo.slice(0, 10)}`);
}
