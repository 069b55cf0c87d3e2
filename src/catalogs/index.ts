import type { Catalog } from '../catalog/catalog.ts';
import type { Knowledge } from '../diagnosis/match-general.ts';
import cryptocomply from './cryptocomply.yaml';
import elderProtection from './elder-protection.yaml';
import gateways from './gateways.yaml';
import grpc from './grpc.yaml';
import http from './http.yaml';
import network from './network.yaml';
import oauth from './oauth.yaml';
import problemTypes from './problem-types.yaml';
import protocols from './protocols.yaml';
import raptorComply from './raptor-comply.yaml';
import services from './services.yaml';
import victims from './victims.yaml';

let apis: Catalog[] | undefined;

/** The catalogs that errprobe has built in. Each is parsed when it is first looked at: most errors need but a few. */
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
};

/** What is built in, with these catalogs of APIs. */
export function knowledgeOf(own: Catalog[]): Knowledge {
  return Object.create(builtIn, { apis: { value: own, enumerable: true } });
}
