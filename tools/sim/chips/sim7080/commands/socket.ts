import { fromByteString } from '../../../bytes.ts';
import { type Call, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import { between, MS } from '../scope.ts';
import type { CommandTable } from './command.ts';

const MAX_TRANSFER = 1460;
/** CAOPEN results that need no network to be found out. */
const NOT_SUPPORTED = 7;
const NETWORK_NOT_ACTIVE = 21;

export const socketCommands: CommandTable = {
  '+CACID': {
    read: (_modem, call) => call.ok('+CACID: 0'),
    write: (_modem, call) => {
      call.count(1);
      call.int(0, 0, 0);
      call.ok();
    },
  },
  '+CAOPEN': { write: (modem, call) => open(modem, call) },
  '+CASEND': { write: (modem, call) => send(modem, call) },
  '+CAACK': {
    write: (modem, call) => {
      socketNumber(call, 1);
      const sent = modem.socket.open?.sent;
      if (!sent) throw new Refusal('operation not allowed');
      call.ok(`+CAACK: ${sent.total},${sent.unacked}`);
    },
  },
  '+CARECV': {
    read: (modem, call) => {
      const available = modem.socket.connection?.available ?? 0;
      call.ok(...(available > 0 ? [`+CARECV: 0,${available}`] : []));
    },
    write: (modem, call) => receive(modem, call),
  },
  '+CASTATE': { read: (modem, call) => call.ok(...(modem.socket.open ? ['+CASTATE: 0,1'] : [])) },
  '+CACLOSE': {
    write: (modem, call) => {
      socketNumber(call, 1);
      if (!modem.socket.inUse) throw new Refusal('operation not allowed');
      modem.scope.after(between(modem.random, 50 * MS, 800 * MS), () => {
        modem.socket.close();
        call.ok();
      });
    },
  },
};

function socketNumber(call: Call, least: number, most = least): void {
  call.count(least, most);
  call.int(0, 0, 0);
}

function open(modem: Running, call: Call): void {
  socketNumber(call, 5);
  call.int(1, 0, 0);
  const protocol = call.text(2).toUpperCase();
  const host = call.text(3);
  const port = call.int(4, 1, 65535);
  if (host === '') throw new Refusal();
  if (modem.socket.inUse) throw new Refusal('operation not allowed');
  const refused = precheck(modem, protocol);
  if (refused) {
    call.ok(`+CAOPEN: 0,${refused}`);
    return;
  }
  const { enabled: tls, caFile } = modem.tls;
  const order = openingOrders[modem.random.int(0, openingOrders.length - 1)] as OpeningOrder;
  if (order === 'asynchronous') call.ok();
  modem.socket.connect({ host, port, tls, verify: caFile !== undefined }, (result) => {
    const report = `+CAOPEN: 0,${result}`;
    if (order === 'result-first') call.print(report);
    if (order !== 'asynchronous') call.ok();
    if (order !== 'result-first') modem.urc(report);
  });
}

/** All three have been seen; which one comes cannot be told beforehand. */
const openingOrders = ['result-first', 'ok-first', 'asynchronous'] as const;
type OpeningOrder = (typeof openingOrders)[number];

function precheck(modem: Running, protocol: string): number {
  if (protocol === 'UDP') return NOT_SUPPORTED;
  if (protocol !== 'TCP') throw new Refusal();
  return modem.pdp.active ? modem.tls.fault(modem.flash, modem.clock) : NETWORK_NOT_ACTIVE;
}

function send(modem: Running, call: Call): void {
  socketNumber(call, 2, 3);
  const count = call.int(1, 1, MAX_TRANSFER);
  const windowUs = call.int(2, 100, 10_000, 5000) * MS;
  const connection = modem.socket.open;
  if (!connection) throw new Refusal('operation not allowed');
  if (!connection.hasRoomFor(count)) throw new Refusal();
  call.raw(fromByteString('>'));
  const pass = (bytes: Uint8Array): void => {
    if (modem.takeFault('rebootDuringSend')) {
      modem.reboot();
      return;
    }
    const lost = modem.takeFault('casendErrorOnce');
    modem.scope.after(between(modem.random, 10 * MS, 60 * MS), () => {
      if (lost || connection.over) {
        call.refuse();
      } else {
        connection.send(bytes);
        call.ok();
      }
    });
  };
  modem.input.readCounted(count, windowUs, pass, () => call.refuse());
}

function receive(modem: Running, call: Call): void {
  socketNumber(call, 2);
  const count = call.int(1, 1, MAX_TRANSFER);
  const connection = modem.socket.connection;
  if (!connection) throw new Refusal('operation not allowed');
  const bytes = connection.take(count);
  if (bytes.length > 0) {
    call.printRaw(`+CARECV: ${bytes.length},`, bytes);
    call.ok();
  } else if (modem.random.int(0, 3) === 0) {
    // Seen in the field: no line at all when nothing has come.
    call.ok();
  } else {
    call.ok('+CARECV: 0');
  }
}
