import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { ColdrailError } from '../errors/error.ts';

export interface Broker {
  /** mqtt://host:port */
  url: string;
  port: number;
  /** Close the listener and every connection, as when the broker's process dies. Its state is gone with it. */
  stop(): Promise<void>;
}

/**
 * The embedded broker: MQTT 3.1.1, all in memory. Port 0 takes a free one; a broker that was stopped can be started
 * again on its port. Throws `broker.port-in-use` or `broker.cannot-listen`.
 */
export async function startBroker({ port = 0, host = '127.0.0.1' } = {}): Promise<Broker> {
  const aedes = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  const closeAedes = (): Promise<void> => new Promise((resolve) => aedes.close(resolve));
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await closeAedes();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new ColdrailError('broker.port-in-use', { host, port });
    throw new ColdrailError('broker.cannot-listen', { host, port, detail: message });
  }
  const taken = (server.address() as AddressInfo).port;
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    const open = [...sockets];
    for (const socket of open) socket.destroy();
    await Promise.all([closed, closeAedes()]);
  };
  let stopping: Promise<void> | undefined;
  return {
    url: `mqtt://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    stop: () => (stopping ??= stop()),
  };
}
