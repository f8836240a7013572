/** A TCP server in a broker's place, which says what a test tells it to. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Packet, parser } from 'mqtt-packet';

export interface ScriptedBroker {
  readonly port: number;
  /** Bytes, each character one, for each packet of the device. */
  reply: (packet: Packet) => readonly string[];
  /** Connections that stand. */
  readonly open: number;
  stop(): Promise<void>;
}

export async function scriptedBroker(): Promise<ScriptedBroker> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    const reader = parser({ protocolVersion: 4 });
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A device that hangs up on us is what is tested.
    socket.on('error', () => {});
    socket.on('data', (bytes) => reader.parse(bytes));
    reader.on('error', () => socket.destroy());
    reader.on('packet', (packet) => {
      if (packet.cmd === 'disconnect') socket.end();
      for (const answer of broker.reply(packet)) socket.write(Buffer.from(answer, 'latin1'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const broker = {
    port: (server.address() as AddressInfo).port,
    reply: (): readonly string[] => [],
    get open() {
      return sockets.size;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  } as ScriptedBroker;
  return broker;
}
