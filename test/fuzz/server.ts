import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server on loopback that answers everything with the same bytes, and closes. */
export interface HostileServer {
  url: string;
  /** Sets the response from now on. */
  answer: Buffer;
  close(): Promise<void>;
}

/** Starts a raw TCP server: its responses need not be HTTP. */
export async function hostileServer(): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', () => socket.end(server.answer));
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const server: HostileServer = {
    url: `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`,
    answer: Buffer.alloc(0),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => tcp.close(() => resolve()));
    },
  };
  return server;
}
