import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import * as pty from '@lydell/node-pty';
import type { Port } from '../console/port.ts';

/** What `open` of the package gives beside its types: both ends, and the path of the one that programs open. */
interface BothEnds {
  readonly _master: ReadStream & { write(data: Buffer): boolean };
  readonly _slave: ReadStream;
  readonly _pty: string;
}

interface Opener {
  open(options: { encoding: null }): BothEnds;
}

/** A pseudo-terminal: what a program opens as a serial port, and what is behind it. */
export interface PtyLine {
  readonly path: string;
  /** Say something to the program, a character a byte. */
  say(text: string): void;
  onText(hear: (text: string) => void): void;
  /** The cable is pulled: the program's end is gone. */
  pull(): void;
}

/** Unix only, as the package has it. `pull` must be called at the end. */
export function openPty(): PtyLine {
  const { _master: stream, _slave, _pty: path } = (pty as unknown as Opener).open({ encoding: null });
  // That end stays open here too, so that a program may close it and open it again, but nothing here reads from it.
  const slave = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  _slave.destroy();
  execFileSync('stty', ['-F', path, 'raw', '-echo']);
  stream.on('error', () => {});
  let isPulled = false;
  return {
    path,
    say: (text) => {
      if (!isPulled) stream.write(Buffer.from(text, 'latin1'));
    },
    onText: (hear) => {
      stream.on('data', (data: Buffer) => hear(data.toString('latin1')));
    },
    pull: () => {
      if (isPulled) return;
      isPulled = true;
      stream.destroy();
      closeSync(slave);
    },
  };
}

/** Put something that is a port, such as a fake tracker, behind a pty. */
export function behindPty(port: Port): PtyLine {
  const line = openPty();
  line.onText((text) => void port.write(text).catch(() => {}));
  port.onText((text) => line.say(text));
  port.onClosed(() => line.pull());
  return line;
}
