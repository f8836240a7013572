import { spawnSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { fromByteString } from '../bytes.ts';

/** The host's end of the pair of named pipes that the preamble opens. */
export class Pipes {
  readonly #requests: Socket;
  readonly #answers: Socket;
  #buffer = Buffer.alloc(0);

  /** Makes the pipes in `folder`, where the interpreter will run. */
  constructor(folder: string, onRequest: (letter: string, payload: Buffer) => void) {
    const paths = ['request', 'answer'].map((name) => join(folder, name)) as [string, string];
    spawnSync('rm', ['-f', ...paths]);
    spawnSync('mkfifo', paths);
    // For both directions and without waiting: an open that waits for the other end can never be given up.
    const [requests, answers] = paths.map((path) => openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
    this.#requests = new Socket({ fd: requests as number, readable: true, writable: false });
    this.#answers = new Socket({ fd: answers as number, readable: false, writable: true });
    this.#requests.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk as Buffer]);
      for (;;) {
        const length = Number.parseInt(this.#buffer.toString('latin1', 0, 4), 16);
        if (this.#buffer.length < 4 || this.#buffer.length < 4 + length) return;
        const body = this.#buffer.subarray(4, 4 + length);
        this.#buffer = this.#buffer.subarray(4 + length);
        onRequest(String.fromCharCode(body[0] as number), body.subarray(1));
      }
    });
    // A killed interpreter closes its ends at any moment.
    this.#requests.on('error', () => {});
    this.#answers.on('error', () => {});
  }

  answer(payload: string): void {
    this.#answers.write(fromByteString(payload.length.toString(16).padStart(4, '0') + payload));
  }

  close(): void {
    this.#requests.destroy();
    this.#answers.destroy();
  }
}
