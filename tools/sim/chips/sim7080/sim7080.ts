import type { Timer } from '../../kernel.ts';
import type { Random } from '../../random.ts';
import { type Backup, ModemFlash } from './flash.ts';
import type { Faults, ModemState, Sim7080Options } from './options.ts';
import { Running } from './running.ts';
import { between, MS, S } from './scope.ts';
import { SimCard } from './sim-card.ts';

export type { Faults, ModemState, Sim7080Options } from './options.ts';

const PRESS_ON_US = S;
const PRESS_OFF_US = 1200 * MS;
/** A modem that goes off with PWRKEY still held starts again. */
const HELD_RESTART_US = 5 * S;

/**
 * A SIMCom SIM7080G at its pins: supply, PWRKEY and UART. Model limits: one PDP context, one TCP socket, no UDP, no
 * PSM, and a far side whose UART stands at 115200 baud.
 *
 * `onTransmit` gets the modem's bytes at the virtual times at which they have left, in chunks of 1 to 64 bytes.
 */
export class Sim7080 {
  onTransmit: ((bytes: Uint8Array) => void) | undefined;
  /** May be changed at any time. */
  readonly faults: Faults;

  readonly #options: Sim7080Options;
  readonly #flash = new ModemFlash();
  readonly #sim: SimCard;
  readonly #imei: string;
  #backup: Backup = emptyBackup();
  #supply = false;
  #pressed = false;
  #press: Timer | undefined;
  #running: Running | undefined;
  #state: ModemState = 'off';

  constructor(options: Sim7080Options) {
    this.#options = options;
    this.faults = options.faults ?? {};
    this.#sim = new SimCard(options.simPin);
    this.#imei = makeImei(options.random);
  }

  get state(): ModemState {
    return this.#state;
  }

  /** Without supply the modem is dead at once. With it, it waits for PWRKEY. */
  setSupply(on: boolean): void {
    if (on === this.#supply) return;
    this.#supply = on;
    this.#options.kernel.cancel(this.#press);
    if (on) {
      if (this.#pressed) this.#watchPress();
      return;
    }
    this.#end();
    this.#backup = emptyBackup();
  }

  /** Held for 1 s it switches the modem on; held for 1.2 s while the modem is on, off. */
  pwrkey(pressed: boolean): void {
    if (pressed === this.#pressed) return;
    this.#pressed = pressed;
    this.#options.kernel.cancel(this.#press);
    if (pressed && this.#supply) this.#watchPress();
  }

  /** Bytes from the far side, at the virtual time at which their last bit arrives. */
  receive(bytes: Uint8Array): void {
    this.#running?.receive(bytes);
  }

  #watchPress(): void {
    const running = this.#running;
    this.#press = running
      ? this.#options.kernel.after(PRESS_OFF_US, () =>
          running.shutDown(between(this.#options.random, 600 * MS, 5 * S)),
        )
      : this.#options.kernel.after(PRESS_ON_US, () => this.#start());
  }

  #start(): void {
    if (this.#running) return;
    const { kernel, random, air, sky, network, onTraffic } = this.#options;
    this.#running = new Running({
      kernel,
      random,
      air,
      sky,
      network,
      flash: this.#flash,
      backup: this.#backup,
      sim: this.#sim,
      imei: this.#imei,
      faults: this.faults,
      transmit: (bytes) => this.onTransmit?.(bytes),
      changed: () => this.#announce(),
      traffic: (upBytes, downBytes) => onTraffic?.(upBytes, downBytes),
      off: () => this.#off(),
      restart: () => {
        this.#running?.kill();
        this.#running = undefined;
        this.#start();
      },
    });
    this.#announce();
  }

  #off(): void {
    this.#end();
    if (this.#pressed) this.#press = this.#options.kernel.after(HELD_RESTART_US, () => this.#start());
  }

  #end(): void {
    this.#running?.kill();
    this.#running = undefined;
    this.#announce();
  }

  #announce(): void {
    const state = this.#running?.state ?? 'off';
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onStateChange?.(state);
  }
}

function emptyBackup(): Backup {
  return { lastFixUs: undefined, lastPosition: undefined };
}

/** Fourteen digits of SIMCom's range and this modem's own, and the Luhn digit. */
function makeImei(random: Random): string {
  const digits = `86601604${String(random.int(0, 999_999)).padStart(6, '0')}`;
  let sum = 0;
  for (const [index, digit] of [...digits].entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
