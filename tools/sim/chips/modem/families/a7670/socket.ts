import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import { dataApn } from '../../commands/contexts.ts';
import { sendPayload, takeReceived } from '../../payload.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';
import { stateOf } from '../../state-of.ts';
import { TLS_CONTEXTS, type TlsContext, tlsCheck } from '../../tls.ts';

const SEND_WINDOW_US = 10 * S;
const PLAIN = 1;
const SSL = 2;
/** CCH results that need no network to be found out. */
const NETWORK_ERROR = 9;
const NO_CERTIFICATE = 19;

/** The CCH service between CCHSTART and CCHSTOP. */
const service = stateOf((_modem: Running) => ({
  started: false,
  /** CCHSET: report the outcome of a send; keep what has come until it is asked for. */
  reports: false,
  manual: false,
  target: '',
}));

/** Session 0 of the two that the service has: TCP, in TLS or not. */
export const socketCommands: CommandTable = {
  '+CCHSET': {
    write: (modem, call) => {
      call.count(1, 2);
      const reports = call.int(0, 0, 1) === 1;
      const manual = call.int(1, 0, 1, 0) === 1;
      if (service(modem).started) throw new Refusal();
      Object.assign(service(modem), { reports, manual });
      call.ok();
    },
  },
  '+CCHSTART': { run: (modem, call) => start(modem, call) },
  '+CCHSTOP': {
    run: (modem, call) => {
      if (!service(modem).started) throw new Refusal();
      service(modem).started = false;
      modem.socket.close();
      call.ok();
      later(modem, () => modem.urc('+CCHSTOP: 0'));
    },
  },
  '+CCHSSLCFG': {
    write: (modem, call) => {
      session(call, 2);
      modem.tls.contextIndex = call.int(1, 0, TLS_CONTEXTS - 1);
      call.ok();
    },
  },
  '+CCHOPEN': {
    read: (modem, call) => {
      const { target } = service(modem);
      call.ok(`+CCHOPEN: 0,${modem.socket.open ? target : '"",,,'}`, '+CCHOPEN: 1,"",,,');
    },
    write: (modem, call) => open(modem, call),
  },
  '+CCHSEND': { write: (modem, call) => send(modem, call) },
  '+CCHRECV': {
    read: (modem, call) => call.ok(`+CCHRECV: LEN,${modem.socket.connection?.available ?? 0},0`),
    write: (modem, call) => receive(modem, call),
  },
  '+CCHCLOSE': {
    write: (modem, call) => {
      session(call, 1);
      if (!modem.socket.inUse) throw new Refusal();
      call.ok();
      later(modem, () => {
        modem.socket.close();
        modem.urc('+CCHCLOSE: 0,0');
      });
    },
  },
};

function session(call: Call, least: number, most = least): void {
  call.count(least, most);
  call.int(0, 0, 0);
}

function later(modem: Running, run: () => void): void {
  modem.scope.after(between(modem.random, 50 * MS, 800 * MS), run);
}

/** Brings the packet service up with it where NETOPEN has not. */
function start(modem: Running, call: Call): void {
  if (service(modem).started) throw new Refusal();
  if (!modem.registration.camping) throw new Refusal();
  call.ok();
  const report = (active: boolean): void => {
    service(modem).started = active;
    modem.urc(`+CCHSTART: ${active ? 0 : NETWORK_ERROR}`);
  };
  if (modem.pdp.wanted) later(modem, () => report(modem.pdp.active));
  else modem.pdp.activate(dataApn(modem), report, () => report(false));
}

function open(modem: Running, call: Call): void {
  session(call, 3, 5);
  const host = call.text(1);
  const port = call.int(2, 1, 65535);
  const kind = call.int(3, PLAIN, SSL, SSL);
  if (host === '' || !service(modem).started || modem.socket.inUse) throw new Refusal();
  call.ok();
  const context = modem.tls.contexts[modem.tls.contextIndex] as TlsContext;
  const refused = precheck(modem, kind === SSL ? context : undefined);
  if (refused) {
    later(modem, () => modem.urc(`+CCHOPEN: 0,${refused}`));
    return;
  }
  service(modem).target = `"${host}",${port},${kind},`;
  const tls = kind === SSL ? tlsCheck(modem, modem.clock, context, context.verify) : undefined;
  modem.socket.connect({ host, port, tls }, (failure) => {
    modem.urc(`+CCHOPEN: 0,${failure ? modem.family.openResults[failure] : 0}`);
  });
}

function precheck(modem: Running, context: TlsContext | undefined): number {
  if (!modem.pdp.active) return NETWORK_ERROR;
  if (!context?.verify) return 0;
  return context.caFile !== undefined && modem.flash.files.has(context.caFile) ? 0 : NO_CERTIFICATE;
}

function send(modem: Running, call: Call): void {
  session(call, 2);
  const count = call.int(1, 1, modem.family.maxSend);
  const connection = modem.socket.open;
  if (!connection?.hasRoomFor(count)) throw new Refusal();
  sendPayload(modem, call, connection, { count, windowUs: SEND_WINDOW_US, prompt: '\r\n>' }, (taken) => {
    if (!taken) {
      call.refuse();
      return;
    }
    call.ok();
    if (service(modem).reports) modem.urc('+CCHSEND: 0,0');
  });
}

/** OK comes first here, then the data, then the result. */
function receive(modem: Running, call: Call): void {
  session(call, 1, 2);
  const count = call.int(1, 1, modem.family.maxReceive, modem.family.maxReceive);
  const connection = modem.socket.connection;
  // Without manual receiving it would have pushed what has come, which the model does not.
  if (!service(modem).manual || !connection || connection.available === 0) throw new Refusal();
  const bytes = takeReceived(modem, connection, count);
  if (!bytes) return;
  call.ok();
  call.printRaw(`+CCHRECV: DATA,0,${bytes.length}\r\n`, bytes);
  call.print('+CCHRECV: 0,0');
}
