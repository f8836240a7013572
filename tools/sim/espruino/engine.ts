import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ColdrailError } from '../../errors/error.ts';
import { toByteString } from '../bytes.ts';
import type { NorFlash } from '../chips/nor-flash.ts';
import { DEVICE, type Kernel, type Timer } from '../kernel.ts';
import { BoardStopped, type Engine, type Machine } from '../machine.ts';
import { COMPLAINT } from './complaint.ts';
import { LINUX_FLASH, LINUX_RAW_REGION, readRawRegion, writeLinuxFlash } from './linux-flash.ts';
import { Pipes } from './pipes.ts';

/** A turn of the interpreter takes milliseconds; one that takes this long has hung. Real time. */
const TURN_LIMIT_MS = 30_000;

export interface MemoryUse {
  /** JsVars of the bundle: at the first wait of a wake, and the most that was ever seen. */
  steady: number;
  peak: number;
  /** The most that was seen inside an event, at calls of the flash: deep in the stack, and with what they make. */
  inside: number;
  /** What the interpreter and the preamble's stand-ins take by themselves; not counted above. */
  standIns: number;
  flags: Set<string>;
}

export interface EspruinoEngineOptions {
  readonly kernel: Kernel;
  /** Path of an Espruino built for Linux. */
  readonly interpreter: string;
  readonly bundle: string;
  /** A folder of its own: the interpreter keeps `espruino.flash` there. */
  readonly folder: string;
  /** The chip whose cells the interpreter's flash stands for. */
  readonly flash: NorFlash;
}

/** Runs a bundle on the real interpreter, in lockstep: each wake is a process, and the host owns time. */
export class EspruinoEngine implements Engine {
  readonly memory: MemoryUse = {
    steady: 0,
    peak: 0,
    inside: 0,
    standIns: 0,
    flags: new Set(),
  };
  readonly #options: EspruinoEngineOptions;
  readonly #complaints: string[] = [];
  #process: ChildProcess | undefined;
  #pipes: Pipes | undefined;
  #machine: Machine | undefined;
  #deadline: Timer | undefined;
  #waiting:
    | { resolve: () => void; reject: (error: ColdrailError) => void; timeout: NodeJS.Timeout }
    | undefined;
  #idle = false;
  #firstIdle = true;

  constructor(options: EspruinoEngineOptions) {
    this.#options = options;
    const preamble = readFileSync(new URL('preamble.js', import.meta.url), 'latin1');
    const files = [
      { name: '.boot0', content: preamble },
      { name: '.bootcde', content: options.bundle },
    ];
    writeLinuxFlash(options.folder, files, options.flash.cells);
  }

  boot(machine: Machine): Promise<void> {
    const { interpreter, folder } = this.#options;
    this.#machine = machine;
    this.#firstIdle = true;
    this.#pipes = new Pipes(folder, (letter, payload) => this.#serve(letter, payload));
    // Standard input stays open and silent: at its end the Linux port makes up console input.
    const child = spawn(interpreter, [], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process = child;
    const listen = (chunk: Buffer): void => {
      const text = chunk.toString('latin1');

      if (COMPLAINT.test(text)) this.#complaints.push(text.trim().slice(0, 300));
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => this.#fail(`it does not start: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (child === this.#process && signal !== 'SIGKILL') this.#fail(`it ended with code ${code}`);
    });
    return this.#turn();
  }

  receive(bytes: Uint8Array): Promise<void> {
    this.#options.kernel.cancel(this.#deadline);
    this.#wake(`D${this.#now()},${toByteString(bytes)}`);
    return this.#turn();
  }

  type(bytes: Uint8Array): Promise<void> {
    this.#options.kernel.cancel(this.#deadline);
    this.#wake(`C${this.#now()},${toByteString(bytes)}`);
    return this.#turn();
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    this.#machine = undefined;
    this.#idle = false;
    this.#options.kernel.cancel(this.#deadline);
    this.#pipes?.close();
    this.#finishTurn();
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await gone;
    this.#copyFlash();
  }

  complaints(): string[] {
    return this.#complaints.splice(0);
  }

  /** What stands in the interpreter's flash now stands in the virtual chip, for whoever looks at it. */
  #copyFlash(): void {
    this.#options.flash.cells.set(readRawRegion(this.#options.folder));
  }

  #now(): number {
    return this.#machine?.uptimeUs() ?? 0;
  }

  /** Resolves when the interpreter waits again or has been stopped; rejects when it fails. */
  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => this.#fail('it hangs'), TURN_LIMIT_MS);
      this.#waiting = { resolve, reject, timeout };
    });
  }

  #finishTurn(): void {
    clearTimeout(this.#waiting?.timeout);
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  /** Without an interpreter there is nothing to go on with: whoever waits for it gets the error. */
  #fail(detail: string): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timeout);
    waiting?.reject(new ColdrailError('espruino.failed', { detail }));
  }

  #wake(event: string): void {
    if (!this.#idle) return;
    this.#idle = false;
    this.#pipes?.answer(event);
  }

  #serve(letter: string, payload: Buffer): void {
    const machine = this.#machine;
    if (!machine) return;
    try {
      const answer = this.#handle(machine, letter, payload);
      if (answer !== undefined) this.#pipes?.answer(answer);
    } catch (error) {
      // The board has stopped: this process gets no answer any more.
      if (!(error instanceof BoardStopped)) this.#fail(String(error));
    }
  }

  /** The answer to one request; undefined: none yet. */
  #handle(machine: Machine, letter: string, payload: Buffer): string | undefined {
    const text = payload.toString('latin1');
    const [first = 0] = payload;
    switch (letter) {
      case 'B': {
        const { base } = this.#options.flash;
        return `${machine.uptimeUs()},${machine.wakeCause()},${LINUX_FLASH + LINUX_RAW_REGION - base}`;
      }
      case 'W':
        return machine.i2cWrite(first, Uint8Array.from(payload.subarray(1))) ? '1' : '0';
      case 'R': {
        const bytes = machine.i2cRead(first, payload[1] ?? 0);
        return bytes ? toByteString(bytes) : '';
      }
      case 'P': {
        const [pin = 0, high = 0] = text.split(',').map(Number);
        machine.pinWrite(pin, high === 1);
        return '';
      }
      case 'L':
        return machine.digitalRead(Number(text)) ? '1' : '0';
      case 'O':
        return this.#oneWire(machine, first, text.charAt(1), payload.subarray(2));
      case 'X':
        return toByteString(machine.spiTransfer(first, Uint8Array.from(payload.subarray(1))));
      case 'A':
        return String(machine.analogRead(Number(text)));
      case 'U': {
        const data = payload.indexOf(';') + 1;
        this.#measure(text.slice(0, data - 1));
        machine.uartWrite(Uint8Array.from(payload.subarray(data)));
        return '';
      }
      case 'F':
        this.#measureInside(text);
        return '';
      case 'G':
        machine.watchdogStart(Number(text));
        return '';
      case 'K':
        machine.watchdogKick();
        return '';
      case 'M':
        this.memory.standIns = Number(text.split(',')[0]);
        return '';
      case 'C':
        this.#measureInside(text.slice(0, text.indexOf(';')));
        machine.consoleWrite(text.slice(text.indexOf(';') + 1));
        return '';
      case 'Z':
        machine.restart();
        return undefined;
      case 'S':
        machine.deepSleep(Number(text));
        return undefined;
      case 'I':
        this.#rest(text);
        return undefined;
      default:
        throw new Error(`a request of an unknown kind: ${letter}`);
    }
  }

  /** R resets, W writes what follows, N reads as many bytes as the number that follows. */
  #oneWire(machine: Machine, pin: number, verb: string, rest: Buffer): string {
    if (verb === 'R') return machine.oneWireReset(pin) ? '1' : '0';
    if (verb === 'N') return toByteString(machine.oneWireRead(pin, rest[0] ?? 0));
    machine.oneWireWrite(pin, Uint8Array.from(rest));
    return '';
  }

  /** The interpreter waits; its next deadline becomes an event. */
  #rest(text: string): void {
    const comma = text.indexOf(',');
    this.#measure(text.slice(comma + 1));
    this.#idle = true;
    const { kernel } = this.#options;
    if (comma > 0) {
      const inUs = Number(text.slice(0, comma)) - this.#now();
      this.#deadline = kernel.after(
        inUs,
        () => {
          this.#wake(`T${this.#now()},`);
          return this.#turn();
        },
        DEVICE,
      );
    }
    this.#finishTurn();
  }

  /** Between two waits, where what is under way takes memory as well. */
  #measureInside(text: string): void {
    const [usage = '', flags = ''] = text.split(',');
    this.memory.inside = Math.max(this.memory.inside, Number(usage) - this.memory.standIns);
    for (const flag of flags.split('+')) if (flag !== '') this.memory.flags.add(flag);
  }

  #measure(text: string): void {
    const [usage = '', flags = ''] = text.split(',');
    const used = Number(usage) - this.memory.standIns;
    if (this.#firstIdle) this.memory.steady = Math.max(this.memory.steady, used);
    this.#firstIdle = false;
    this.memory.peak = Math.max(this.memory.peak, used);
    for (const flag of flags.split('+')) if (flag !== '') this.memory.flags.add(flag);
  }
}
