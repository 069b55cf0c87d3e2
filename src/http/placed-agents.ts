import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { Agents } from './agents.ts';
import type { Place, Placement } from './transport.ts';

/** The options of a connection, as the agents of Node.js pass them on. */
interface Connecting {
  host: string;
  port: number;
  servername?: string;
}

/** Agents that connect to another place than the URL names. Certificates still have to be those of its host. */
export function placedAgents(placement: Placement): Agents {
  return { http: placed(new HttpAgent(), placement), https: placed(new HttpsAgent(), placement) };
}

function placed<A extends HttpAgent>(agent: A, placement: Placement): A {
  // Not in their types: every agent creates its connections by this method.
  const creator = agent as unknown as { createConnection(options: object, ...rest: unknown[]): unknown };
  const create = creator.createConnection.bind(agent);
  creator.createConnection = (options, ...rest) =>
    create({ ...options, ...destination(options as Connecting, placement) }, ...rest);
  return agent;
}

function destination(options: Connecting, { socketPath, places }: Placement): object {
  const asked = options.servername || options.host;
  const identity = (_: string, certificate: PeerCertificate) => checkServerIdentity(asked, certificate);
  if (socketPath !== null) return { path: socketPath, checkServerIdentity: identity };
  const to = places.find(({ from }) => covers(from, options))?.to;
  if (to === undefined) return {};
  return { host: to.host || options.host, port: to.port ?? options.port, checkServerIdentity: identity };
}

const covers = ({ host, port }: Place, asked: Connecting): boolean =>
  (host === '' || host.toLowerCase() === asked.host.toLowerCase()) && (port === null || port === Number(asked.port));
