import { connect, type Socket } from 'node:net';
import type { Clock } from '../../../hal/clock.ts';
import { HOST_UNREACHABLE, MODEM_REFUSED, OK } from '../../../hal/faults.ts';
import { type Link, LTE } from '../../../hal/link.ts';

/** As much as a modem is asked for at a time. */
const MOST_RECEIVED = 512;

/** A link that is a plain TCP connection to this machine: real bytes, cut as they come, and no radio in between. */
export function socketLink(port: number, clock: Clock): Link {
  let socket: Socket | undefined;

  function hangUp(): void {
    socket?.removeAllListeners();
    socket?.on('error', () => {});
    socket?.destroy();
    socket = undefined;
  }

  return {
    maxSend: 1460,
    technologies: [LTE],
    open: (_target, _deadlineS, opened, onBytes, onClosed) => {
      if (socket?.connecting) {
        clock.after(0, () => opened(MODEM_REFUSED));
        return;
      }
      hangUp();
      const own = connect({ port, host: '127.0.0.1', noDelay: true });
      socket = own;
      own.once('error', () => {
        if (own.pending) opened(HOST_UNREACHABLE);
      });
      own.once('connect', () => opened(OK));
      own.on('data', (bytes) => {
        for (let at = 0; at < bytes.length && socket === own; at += MOST_RECEIVED)
          onBytes(bytes.subarray(at, at + MOST_RECEIVED).toString('latin1'));
      });
      own.once('close', () => {
        socket = undefined;
        onClosed();
      });
    },
    send: (bytes, done) => {
      const own = socket;
      if (own?.writable) own.write(Uint8Array.from(bytes), (error) => done(!error && socket === own));
      else clock.after(0, () => done(false));
    },
    close: (done) => {
      hangUp();
      clock.after(100, done);
    },
    networkTime: () => null,
    report: () => ({
      technology: LTE,
      network: 26_201,
      rssiDbm: -70,
      sim: 1,
      searchedS: 0,
      bytes: 0,
      powerSavingS: 0,
      recoveries: [],
    }),
  };
}
