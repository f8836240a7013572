import type { Timer } from '../../kernel.ts';
import type { RadioTechnology, Sky } from '../radio.ts';
import type { Firmware } from './family.ts';
import type { Faults } from './faults.ts';
import { type Backup, ModemFlash } from './flash.ts';
import { makeImei } from './imei.ts';
import type { ModemOptions, ModemState, SimOptions } from './options.ts';
import { Running } from './running.ts';
import { between, S } from './scope.ts';
import { SimCard } from './sim-card.ts';

export type { Faults, Grants, ModemOptions, ModemState, SimOptions } from './options.ts';

/** A modem that goes off with PWRKEY still held starts again. */
const HELD_RESTART_US = 5 * S;
const SOME_SIM: SimOptions = { iccid: '8988303000001234567' };

/**
 * A cellular modem at its pins: supply, PWRKEY and UART. Model limits: one PDP context, one TCP socket, no UDP, no sleep
 * (PSM is agreed upon and not done), and a far side whose UART stands at 115200 baud.
 *
 * `onTransmit` gets the modem's bytes at the virtual times at which they have left, in chunks of 1 to 64 bytes.
 */
export class Modem {
  onTransmit: ((bytes: Uint8Array) => void) | undefined;
  /** May be changed at any time. */
  readonly faults: Faults;

  readonly #options: ModemOptions;
  readonly #firmware: Firmware;
  readonly #flash: ModemFlash;
  readonly #sky: Sky;
  readonly #imei: string;
  readonly #highPins = new Set<number>();
  #sim: SimCard;
  #backup: Backup = emptyBackup();
  #supply = false;
  #pressed = false;
  #press: Timer | undefined;
  #running: Running | undefined;
  #state: ModemState = 'off';
  #gnssOn = false;

  constructor(options: ModemOptions) {
    const { family, sky, antennaGpio } = options;
    this.#options = options;
    this.#firmware = firmwareOf(options);
    this.faults = options.faults ?? {};
    this.#flash = new ModemFlash(family.profile);
    this.#sim = new SimCard(options.sim ?? SOME_SIM);
    this.#imei = makeImei(family.imeiPrefix, options.random);
    const fed = (): boolean => antennaGpio === undefined || this.#highPins.has(antennaGpio);
    this.#sky = { view: () => (fed() ? sky.view() : undefined) };
  }

  get state(): ModemState {
    return this.#state;
  }

  /** What it is registered on; undefined where it is not. */
  get technology(): RadioTechnology | undefined {
    return this.#running?.registration.camping?.technology;
  }

  /** Put another SIM into the holder, or none. A running modem loses the old one and reads the new one at its next start. */
  swapSim(sim: SimOptions): void {
    this.#running?.simRemoved();
    this.#sim = new SimCard(sim);
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
    this.#cut();
  }

  /** Held long enough it switches the modem on, and off when it is on: how long, the family says. */
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
    const { kernel, family, random } = this.#options;
    const running = this.#running;
    const { pressOnUs, pressOffUs, offUs } = family.power;
    this.#press = kernel.after(running ? pressOffUs : pressOnUs, () => {
      if (this.faults.stuckUntilPowerCut) return;
      if (running) running.shutDown(between(random, ...offUs));
      else this.#powerOn();
    });
  }

  #powerOn(): void {
    delete this.faults.silent;
    this.#start();
  }

  #start(): void {
    if (this.#running) return;
    const { family, kernel, random, air, network, apns, grants, batteryMillivolts } = this.#options;
    this.#running = new Running({
      family,
      firmware: this.#firmware,
      kernel,
      random,
      air,
      sky: this.#sky,
      network,
      flash: this.#flash,
      backup: this.#backup,
      sim: this.#sim,
      apns,
      grants: grants ?? {},
      imei: this.#imei,
      faults: this.faults,
      batteryMillivolts: () => batteryMillivolts?.(),
      transmit: (bytes) => this.onTransmit?.(bytes),
      changed: () => this.#announce(),
      traffic: (upBytes, downBytes) => this.#options.onTraffic?.(upBytes, downBytes),
      gpio: (pin, high) => this.#gpio(pin, high),
      off: () => this.#off(),
      restart: () => {
        this.#end();
        this.#start();
      },
      brownOut: () => this.#brownOut(),
    });
    this.#announce();
  }

  #off(): void {
    this.#end();
    this.#announce();
    if (this.#pressed) this.#press = this.#options.kernel.after(HELD_RESTART_US, () => this.#powerOn());
  }

  #cut(): void {
    delete this.faults.stuckUntilPowerCut;
    this.#end();
    this.#announce();
    this.#backup = emptyBackup();
  }

  /** The voltage comes back as soon as the load is gone. */
  #brownOut(): void {
    this.#options.kernel.cancel(this.#press);
    this.#cut();
    this.#options.onBrownOut?.();
  }

  #end(): void {
    this.#running?.kill();
    this.#running = undefined;
    for (const pin of [...this.#highPins]) this.#gpio(pin, false);
  }

  #gpio(pin: number, high: boolean): void {
    if (this.#highPins.has(pin) === high) return;
    if (high) this.#highPins.add(pin);
    else this.#highPins.delete(pin);
    this.#options.onGpio?.(pin, high);
  }

  #announce(): void {
    const state = this.#running?.state ?? 'off';
    const gnssOn = this.#running?.gnss.on ?? false;
    if (state === this.#state && gnssOn === this.#gnssOn) return;
    this.#state = state;
    this.#gnssOn = gnssOn;
    this.#options.onStateChange?.(state, gnssOn);
  }
}

function firmwareOf({ family, firmware }: ModemOptions): Firmware {
  if (firmware === undefined) return family.firmware[0];
  const known = family.firmware.find(({ revision }) => revision === firmware);
  if (!known) throw new RangeError(`${family.name} has no firmware ${firmware}`);
  return known;
}

function emptyBackup(): Backup {
  return { lastFixUs: undefined, lastFix: undefined };
}
