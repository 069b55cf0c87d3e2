import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** The agents for both schemes. */
export interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
}

/** Makes Node.js neither reuse nor keep a connection. */
export const NEW_CONNECTION = { http: false, https: false } as const;

/** How a request gets a connection; undefined for one that is not kept. */
export type Connecting = Agents | typeof NEW_CONNECTION | undefined;

/**
 * Creates keep-alive agents with a maximum of connections per host. They have to be destroyed at
 * the end.
 */
export function keepAlive(most: number): Agents {
  const options = { keepAlive: true, maxSockets: most };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}
