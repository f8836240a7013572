import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import { overReadFreezes, sendPayload, takeReceived } from '../../payload.ts';
import type { Running } from '../../running.ts';
import { between, MS } from '../../scope.ts';
import { stateOf } from '../../state-of.ts';
import { type TlsContext, tlsCheck } from '../../tls.ts';
import { isConvertedCa } from './files.ts';

/** CAOPEN results that need no network to be found out. */
const BAD_PARAMETER = 4;
const NETWORK_NOT_ACTIVE = 21;

/** What CASSLCFG has set for the socket, lost at power-off. */
export const socketSettings = stateOf((_modem: Running) => ({
  /** The CA file that the server's certificate must lead to; without one, any server is trusted. */
  caFile: undefined as string | undefined,
}));

/** Everything about a socket but its opening, which the two parts do each in their own way. */
export const socketCommands: CommandTable = {
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
      if (!modem.socket.open && overReadFreezes(modem)) {
        modem.freeze();
        return;
      }
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

export function socketNumber(call: Call, least: number, most = least): void {
  call.count(least, most);
  call.int(0, 0, 0);
}

/** Open socket 0 and answer with +CAOPEN and OK. */
export function openSocket(modem: Running, call: Call, host: string, port: number): void {
  if (host === '') throw new Refusal();
  if (modem.socket.inUse) throw new Refusal('operation not allowed');
  const { caFile } = socketSettings(modem);
  const { enabled, contexts, contextIndex } = modem.tls;
  const refused = precheck(modem, enabled ? caFile : undefined);
  if (refused) {
    call.ok(`+CAOPEN: 0,${refused}`);
    return;
  }
  const context = contexts[contextIndex] as TlsContext;
  const tls = enabled ? tlsCheck(modem, modem.clock, context, caFile !== undefined) : undefined;
  const order = openingOrders[modem.random.int(0, openingOrders.length - 1)] as OpeningOrder;
  if (order === 'asynchronous') call.ok();
  modem.socket.connect({ host, port, tls }, (failure) => {
    const report = `+CAOPEN: 0,${failure ? modem.family.openResults[failure] : 0}`;
    if (order === 'result-first') call.print(report);
    if (order !== 'asynchronous') call.ok();
    if (order !== 'result-first') modem.urc(report);
  });
}

/** All three have been seen; which one comes cannot be told beforehand. */
const openingOrders = ['result-first', 'ok-first', 'asynchronous'] as const;
type OpeningOrder = (typeof openingOrders)[number];

function precheck(modem: Running, caFile: string | undefined): number {
  if (!modem.pdp.active) return NETWORK_NOT_ACTIVE;
  return caFile !== undefined && !isConvertedCa(modem.flash, caFile) ? BAD_PARAMETER : 0;
}

function send(modem: Running, call: Call): void {
  socketNumber(call, 2, 3);
  const count = call.int(1, 1, modem.family.maxSend);
  const windowUs = call.int(2, 100, 10_000, 5000) * MS;
  const connection = modem.socket.open;
  if (!connection) throw new Refusal('operation not allowed');
  if (!connection.hasRoomFor(count)) throw new Refusal();
  sendPayload(modem, call, connection, { count, windowUs }, (taken) => {
    if (!taken) call.refuse();
    else if (modem.faults.sendFinal === 'verbose') call.final(`+CASEND: 0,0,${count}`);
    else call.ok();
  });
}

function receive(modem: Running, call: Call): void {
  socketNumber(call, 2);
  const count = call.int(1, 1, modem.family.maxReceive);
  const connection = modem.socket.connection;
  if (!connection) {
    if (!overReadFreezes(modem)) throw new Refusal('operation not allowed');
    modem.freeze();
    return;
  }
  const bytes = takeReceived(modem, connection, count);
  if (!bytes) return;
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
