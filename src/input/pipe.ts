import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * Opens a pipe for reading without blocking a thread of Node.js, neither on opening nor on reading.
 * A file handle would: no signal ends such a thread, and it keeps the process from exiting.
 */
export function openPipe(path: string): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}
