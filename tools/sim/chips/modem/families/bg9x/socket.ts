import { fromByteString } from '../../../../bytes.ts';
import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Connection } from '../../connection.ts';
import { sendPayload, takeReceived } from '../../payload.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';
import { TLS_CONTEXTS, type TlsCheck, type TlsContext, tlsCheck } from '../../tls.ts';

const SEND_WINDOW_US = 120 * S;
const PROMPT = '\r\n> ';
/** Results that need no network to be found out. */
const BAD_PARAMETER = 552;
const NO_CONTEXT = 561;
const IN_USE = 563;

/** Socket 0: in TLS by QSSL..., without by QI.... After the far side has closed it must be closed here too. */
export const socketCommands: CommandTable = {
  '+QSSLOPEN': {
    write: (modem, call) => {
      call.count(5, 6);
      call.int(0, 1, 1);
      const context = modem.tls.contexts[call.int(1, 0, TLS_CONTEXTS - 1)] as TlsContext;
      call.int(2, 0, 0);
      const address = { host: call.text(3), port: call.int(4, 1, 65535) };
      call.int(5, 0, 0, 0);
      const untrusting = context.verify && !modem.flash.files.has(context.caFile ?? '');
      const check = tlsCheck(modem, modem.clock, context, context.verify);
      open(modem, call, '+QSSLOPEN', address, { check, result: untrusting ? BAD_PARAMETER : 0 });
    },
  },
  '+QIOPEN': {
    write: (modem, call) => {
      call.count(5, 7);
      call.int(0, 1, 1);
      call.int(1, 0, 0);
      if (call.text(2) !== 'TCP') throw new Refusal();
      const address = { host: call.text(3), port: call.int(4, 1, 65535) };
      call.int(6, 0, 0, 0);
      open(modem, call, '+QIOPEN', address, { check: undefined, result: 0 });
    },
  },
  '+QSSLSEND': { write: (modem, call) => send(modem, call, true) },
  '+QISEND': { write: (modem, call) => send(modem, call, false) },
  '+QSSLRECV': { write: (modem, call) => receive(modem, call, '+QSSLRECV', true) },
  '+QIRD': { write: (modem, call) => receive(modem, call, '+QIRD', false) },
  '+QSSLCLOSE': { write: (modem, call) => close(modem, call) },
  '+QICLOSE': { write: (modem, call) => close(modem, call) },
};

interface Address {
  readonly host: string;
  readonly port: number;
}

function open(
  modem: Running,
  call: Call,
  name: string,
  { host, port }: Address,
  tls: { readonly check: TlsCheck | undefined; readonly result: number },
): void {
  if (host === '') throw new Refusal();
  const report = (result: number): void => modem.urc(`${name}: 0,${result}`);
  const refused = precheck(modem) || tls.result;
  call.ok();
  if (refused) {
    modem.scope.after(between(modem.random, 20 * MS, 200 * MS), () => report(refused));
    return;
  }
  modem.socket.connect({ host, port, tls: tls.check }, (failure) =>
    report(failure ? modem.family.openResults[failure] : 0),
  );
}

function precheck(modem: Running): number {
  if (modem.socket.inUse || modem.socket.connection) return IN_USE;
  return modem.pdp.active ? 0 : NO_CONTEXT;
}

function connectionOf(modem: Running, tls: boolean): Connection {
  const { connection } = modem.socket;
  if (!connection || connection.tls !== tls) throw new Refusal();
  return connection;
}

function send(modem: Running, call: Call, tls: boolean): void {
  call.count(2);
  call.int(0, 0, 0);
  const count = call.int(1, tls ? 1 : 0, modem.family.maxSend);
  const connection = connectionOf(modem, tls);
  if (count === 0) {
    const { total, unacked } = connection.sent;
    call.ok(`+QISEND: ${total},${total - unacked},${unacked}`);
    return;
  }
  if (connection.over) throw new Refusal();
  if (!connection.hasRoomFor(count)) {
    call.raw(fromByteString(PROMPT));
    const drop = (): void => call.final('SEND FAIL');
    modem.input.readCounted(count, SEND_WINDOW_US, drop, () => call.refuse());
    return;
  }
  sendPayload(modem, call, connection, { count, windowUs: SEND_WINDOW_US, prompt: PROMPT }, (taken) =>
    call.final(taken ? 'SEND OK' : 'SEND FAIL'),
  );
}

function receive(modem: Running, call: Call, name: string, tls: boolean): void {
  call.count(2);
  call.int(0, 0, 0);
  const count = call.int(1, tls ? 1 : 0, modem.family.maxReceive);
  const connection = connectionOf(modem, tls);
  if (count === 0) {
    const { received, available } = connection;
    call.ok(`${name}: ${received},${received - available},${available}`);
    return;
  }
  const bytes = takeReceived(modem, connection, count);
  if (!bytes) return;
  if (bytes.length === 0) call.ok(`${name}: 0`);
  else {
    call.printRaw(`${name}: ${bytes.length}\r\n`, bytes);
    call.ok();
  }
}

function close(modem: Running, call: Call): void {
  call.count(1, 2);
  call.int(0, 0, 0);
  modem.scope.after(between(modem.random, 50 * MS, S), () => {
    modem.socket.close();
    call.ok();
  });
}
