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

/** The catalogs that errprobe has built in. */
export const builtIn: Knowledge = {
  apis: [raptorComply, elderProtection, cryptocomply, victims],
  http,
  network,
  gateways,
  codes: [oauth, grpc, protocols, problemTypes, services],
};
