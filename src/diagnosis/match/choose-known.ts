import type { Catalog, KnownApi, KnownCatalogs } from '../../model/catalog.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import { SERVICES } from '../../services/index.ts';
import { entriesOfCode, entriesOfSubcode } from './code.ts';
import { isOwnCode } from './general.ts';

/**
 * The well-known API that serves a URL. A host `*.example.com` stands for all below it; one that is written out comes
 * first.
 */
export function knownByHost(url: string | undefined, apis: KnownApi[]): KnownApi | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { host } = new URL(url);
  return (
    apis.find(({ hosts }) => hosts.includes(host)) ??
    apis.find(({ hosts }) => hosts.some((one) => one.startsWith('*.') && host.endsWith(one.slice(1)))) ??
    null
  );
}

/** The well-known API that alone has errors of this shape. */
export function knownByShape(error: ErrorBody, { apis, load }: KnownCatalogs): Catalog | null {
  if (error.ambiguous.length > 0 || !SERVICE_SHAPES.has(error.envelope)) return null;
  const [only, ...others] = ofShape(error, apis);
  return only === undefined || others.length > 0 ? null : load(only.id);
}

/**
 * The well-known API whose errors have this shape, which others have as well: the one that the user works with, or the
 * only one that has the code or the subcode.
 */
export function knownByShapeAndCode(
  error: ErrorBody,
  { apis, load }: KnownCatalogs,
  preferred: string | null,
): Catalog | null {
  const { code, subcode } = error;
  const fitting = ofShape(error, apis);
  if (fitting.some(({ id }) => id === preferred)) return load(preferred ?? '');
  const having = fitting
    .flatMap(({ id }) => load(id) ?? [])
    .filter(
      ({ entries }) =>
        entriesOfSubcode(entries, subcode).length > 0 || (code !== null && entriesOfCode(entries, code).length > 0),
    );
  return having.length === 1 ? (having[0] ?? null) : null;
}

const ofShape = ({ envelope }: ErrorBody, apis: KnownApi[]): KnownApi[] =>
  apis.filter(({ envelopes }) => envelopes.includes(envelope));

/** Shapes that one service made for its own errors; those of standards and frameworks are for anybody. */
const SERVICE_SHAPES = new Set(SERVICES.flatMap(({ id, bodies = [] }) => bodies.map(({ envelope }) => envelope ?? id)));

/** The only well-known API with a code that came in a shape which tells nothing of who answered. */
export function knownByCode(error: ErrorBody, { ownersOf, load }: KnownCatalogs): Catalog | null {
  if (!isOwnCode(error)) return null;
  const [only, ...others] = ownersOf(error.code);
  return only === undefined || others.length > 0 ? null : load(only);
}
