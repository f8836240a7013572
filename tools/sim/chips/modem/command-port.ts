import { fromByteString } from '../../bytes.ts';
import type { CommandLine } from './at-line.ts';
import { parseAtLine } from './at-line.ts';
import { Call, Refusal } from './call.ts';
import type { Handler } from './commands/command.ts';
import { type Faults, take } from './faults.ts';
import type { Running } from './running.ts';
import { between, MS, S } from './scope.ts';
import { UartIn } from './uart-in.ts';
import type { UartOut } from './uart-out.ts';

/** The AT port: one command at a time, URCs in between. */
export class CommandPort {
  readonly input: UartIn;
  readonly #modem: Running;
  readonly #out: UartOut;
  #busy = false;
  /** With autobaud, what the modem has to say waits here until it has seen a command; undefined from then on. */
  #unheard: string[] | undefined;

  constructor(modem: Running, out: UartOut) {
    this.#modem = modem;
    this.#out = out;
    this.#unheard = modem.profile.ipr === 0 ? [] : undefined;
    this.input = new UartIn({
      scope: modem.scope,
      busy: () => this.#busy,
      echo: (bytes) => {
        if (take(modem.faults, 'echoReturns')) modem.profile.echo = true;
        if (modem.profile.echo) out.write(bytes);
      },
      onLine: (line) => {
        const command = parseAtLine(line);
        if (command) this.#start(command);
      },
      onOverlong: () => this.#start({ name: '?', form: 'run', args: [] }),
    });
  }

  urc(line: string): void {
    if (this.#unheard) this.#unheard.push(line);
    else this.#out.write(fromByteString(`\r\n${line}\r\n`));
  }

  #start(line: CommandLine): void {
    this.#busy = true;
    const unheard = this.#unheard ?? [];
    this.#unheard = undefined;
    for (const urc of unheard) this.urc(urc);
    const call = new Call(line, {
      write: (bytes) => this.#out.write(bytes),
      cmee: () => this.#modem.profile.cmee,
      finished: () => {
        this.#busy = false;
      },
    });
    const { faults, random, scope } = this.#modem;
    const restarts = countDown(faults);
    const lateS = (faults.slow ?? 0) + (take(faults, 'lateAnswer') ?? 0);
    scope.after(between(random, 5 * MS, 40 * MS) + lateS * S, () => {
      if (restarts) this.#modem.reboot();
      else this.#execute(call);
    });
  }

  #execute(call: Call): void {
    try {
      const handler = this.#handlerFor(call.line);
      if (!handler) throw new Refusal();
      handler(this.#modem, call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.refuse(error.reason);
    }
  }

  #handlerFor({ name, form }: CommandLine): Handler | undefined {
    const { family, firmware } = this.#modem;
    if (!Object.hasOwn(family.commands, name) || firmware.lacks?.includes(name)) return undefined;
    const command = family.commands[name];
    if (form === 'test') return name.startsWith('+') ? (_modem, call) => call.ok() : undefined;
    return command?.[form];
  }
}

/** True when this is the command in which `rebootAtCommand` strikes. */
function countDown(faults: Faults): boolean {
  const left = faults.rebootAtCommand;
  if (left === undefined) return false;
  if (left > 1) faults.rebootAtCommand = left - 1;
  else take(faults, 'rebootAtCommand');
  return left <= 1;
}
