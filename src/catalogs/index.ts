import * as known from '#known-catalogs';
import type { Knowledge } from '../diagnosis/match/general.ts';
import type { Catalog, KnownApi, KnownCatalogs } from '../model/catalog.ts';
import { lookup } from '../text/lookup.ts';
import cryptocomply from './apis/cryptocomply.yaml';
import elderProtection from './apis/elder-protection.yaml';
import raptorComply from './apis/raptor-comply.yaml';
import victims from './apis/victims.yaml';
import { folded } from './folded.ts';
import gateways from './general/gateways.yaml';
import grpc from './general/grpc.yaml';
import http from './general/http.yaml';
import network from './general/network.yaml';
import oauth from './general/oauth.yaml';
import problemTypes from './general/problem-types.yaml';
import protocols from './general/protocols.yaml';
import services from './general/services.yaml';

let apis: Catalog[] | undefined;

/** The built-in catalogs. Each is parsed on first use: most errors need only a few. */
export const builtIn: Knowledge = {
  get apis() {
    apis ??= [raptorComply(), elderProtection(), cryptocomply(), victims()];
    return apis;
  },
  get http() {
    return http();
  },
  get network() {
    return network();
  },
  get gateways() {
    return gateways();
  },
  get codes() {
    return [oauth(), grpc(), protocols(), problemTypes(), services()];
  },
  known: {
    apis: known.apis,
    namedBy,
    load: (id) => lookup(known.catalogs, id)?.() ?? null,
  },
};

function namedBy(name: string): string[] {
  const [api = '', entry] = name.toLowerCase().split('/');
  if (entry === undefined) return lookup(known.names(), folded(name)) ?? [];
  const isIts = ({ id, aliases }: KnownApi) => id === api || Object.hasOwn(aliases, `${api}/${entry}`);
  return known.apis.filter(isIts).map(({ id }) => id);
}

/** The built-in knowledge, with other catalogs of APIs, which replace those of the same id. */
export function knowledgeOf(own: Catalog[]): Knowledge {
  const isOwn = (id: string) => own.some((catalog) => catalog.id === id);
  const { apis, namedBy, load } = builtIn.known;
  const known: KnownCatalogs = apis.some(({ id }) => isOwn(id))
    ? {
        apis: apis.filter(({ id }) => !isOwn(id)),
        namedBy: (name) => namedBy(name).filter((id) => !isOwn(id)),
        load: (id) => (isOwn(id) ? null : load(id)),
      }
    : builtIn.known;
  return Object.create(builtIn, {
    apis: { value: own, enumerable: true },
    known: { value: known, enumerable: true },
  });
}
