import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * Opens a pipe to be read. Neither waiting for its writer nor for what that writes takes a thread of Node.js, as it would
 * with a file: no signal ends such a thread, and it keeps the process from ending.
 */
export function openPipe(path: string): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}
