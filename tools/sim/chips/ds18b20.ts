/**
 * Maxim DS18B20 at the level of bytes on its wire: ROM and function commands, scratchpad, EEPROM, conversion time, supply.
 * Datasheet DS18B20, 19-7487 Rev 6. The search for unknown addresses goes bit by bit and is not modelled.
 *
 *     scratchpad: T low . T high . alarm high . alarm low . configuration . FF . 0C . 10 . CRC
 */
import type { Kernel } from '../kernel.ts';
import type { OneWireChip } from './one-wire-line.ts';
import { type SensedAir, type SensorFault, SensorFaults } from './sensor-faults.ts';

const FAMILY = 0x28;
/** Conversion time, by the two resolution bits: 9, 10, 11, 12 bits. */
const CONVERSION_US = [93_750, 187_500, 375_000, 750_000];
const POWER_ON_CODE = 0x0550;
const UNDER_POWERED_CODE = 0x07ff;

export interface Ds18b20Readout {
  /** When the conversion was started. */
  readonly atUs: number;
  /** What stands in the temperature register: sixteenths of a degree. */
  readonly code: number;
}

export interface Ds18b20Options {
  readonly kernel: Kernel;
  /** What is at the sensor: its humidity does not count. */
  readonly air: () => Pick<SensedAir, 'celsius'>;
  /** 48 bits. */
  readonly serial: number;
  /** `parasite`: from the data line, which nobody on this board pulls up hard enough for a conversion. */
  readonly supply?: 'wired' | 'parasite';
  readonly onReadout?: (readout: Ds18b20Readout) => void;
  /** `stuck-low` shorts the line, for all that are on it. */
  readonly faults?: readonly SensorFault[];
}

type Expects = 'nothing' | 'rom command' | 'address' | 'command' | 'settings';

export class Ds18b20 implements OneWireChip {
  /** As it travels: family, six bytes of serial number, CRC. */
  readonly rom: readonly number[];
  readonly #options: Ds18b20Options;
  readonly #faults: SensorFaults;
  /** Alarm high, alarm low, configuration, as they come from the factory. */
  #eeprom = [0x4b, 0x46, 0x7f];
  #settings = [...this.#eeprom];
  #code = POWER_ON_CODE;
  #convertedUs = 0;
  #conversion: { readonly code: number; readonly startUs: number; readonly endUs: number } | undefined;
  #expects: Expects = 'nothing';
  #received: number[] = [];
  #answer: number[] = [];
  /** After Convert T, read slots tell whether it goes on. */
  #tellsProgress = false;

  constructor(options: Ds18b20Options) {
    this.#options = options;
    this.#faults = new SensorFaults(options.kernel, options.faults);
    const serial = Array.from({ length: 6 }, (_, index) => Math.floor(options.serial / 256 ** index) & 255);
    this.rom = withCrc([FAMILY, ...serial]);
  }

  /** Power was gone: settings come from EEPROM, the temperature register holds 85 C. */
  powerCycle(): void {
    this.#settings = [...this.#eeprom];
    this.#code = POWER_ON_CODE;
    this.#conversion = undefined;
    this.#listen('nothing');
  }

  reset(): boolean {
    this.#listen('rom command');
    return !this.#faults.has('unplugged');
  }

  write(byte: number): void {
    this.#finishConversion();
    switch (this.#expects) {
      case 'rom command':
        this.#listen(byte === 0xcc ? 'command' : byte === 0x55 ? 'address' : 'nothing');
        if (byte === 0x33) this.#answer = [...this.rom];
        break;
      case 'address':
        this.#received.push(byte);
        if (byte !== this.rom[this.#received.length - 1]) this.#listen('nothing');
        else if (this.#received.length === this.rom.length) this.#listen('command');
        break;
      case 'settings':
        this.#received.push(byte);
        if (this.#received.length < 3) break;
        // Of the configuration only the two resolution bits can be written.
        this.#settings = [...this.#received.slice(0, 2), ((this.#received[2] as number) & 0x60) | 0x1f];
        this.#listen('nothing');
        break;
      case 'command':
        this.#listen('nothing');
        this.#obey(byte);
        break;
      case 'nothing':
    }
  }

  read(): number {
    if (this.#faults.has('unplugged')) return 0xff;
    if (this.#faults.has('stuck-low')) return 0;
    this.#finishConversion();
    if (this.#tellsProgress) return this.#conversion && this.#options.supply !== 'parasite' ? 0 : 0xff;
    return this.#answer.shift() ?? 0xff;
  }

  #listen(expects: Expects): void {
    this.#expects = expects;
    this.#received = [];
    this.#answer = [];
    this.#tellsProgress = false;
  }

  #obey(command: number): void {
    switch (command) {
      case 0x44:
        this.#convert();
        this.#tellsProgress = true;
        break;
      case 0xbe:
        this.#answer = withCrc([this.#code & 255, this.#code >> 8, ...this.#settings, 0xff, 0x0c, 0x10]);
        if (this.#faults.has('bad-crc')) (this.#answer[3] as number) ^= 0x20;
        this.#options.onReadout?.({ atUs: this.#convertedUs, code: (this.#code << 16) >> 16 });
        break;
      case 0x4e:
        this.#listen('settings');
        break;
      case 0x48:
        this.#eeprom = [...this.#settings];
        break;
      case 0xb8:
        this.#settings = [...this.#eeprom];
        break;
      case 0xb4:
        this.#answer = [this.#options.supply === 'parasite' ? 0 : 0xff];
        break;
    }
  }

  #convert(): void {
    if (this.#conversion || this.#faults.has('unplugged')) return;
    const startUs = this.#options.kernel.nowUs;
    const resolution = ((this.#settings[2] as number) >> 5) & 3;
    const endUs = startUs + (CONVERSION_US[resolution] as number);
    const { celsius } = this.#faults.sense({ celsius: this.#options.air().celsius, humidityPct: 0 });
    // The bits below the resolution are undefined; ones are as good as any, and nastier than zeros.
    const sixteenths = Math.round(16 * Math.max(-55, Math.min(125, celsius)));
    const code = (sixteenths | (7 >> resolution)) & 0xffff;
    this.#conversion = {
      code: this.#options.supply === 'parasite' ? UNDER_POWERED_CODE : code,
      startUs,
      endUs,
    };
  }

  #finishConversion(): void {
    const conversion = this.#conversion;
    if (!conversion || this.#options.kernel.nowUs < conversion.endUs) return;
    this.#code = conversion.code;
    this.#convertedUs = conversion.startUs;
    this.#conversion = undefined;
  }
}

/** The bytes and the remainder of their division by x^8 + x^5 + x^4 + 1, bit by bit in the order of the wire. */
function withCrc(bytes: readonly number[]): number[] {
  const taps = [3, 2]; // x^4 and x^5 in a register that shifts towards bit 0
  let register = 0;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const feedback = (register ^ (byte >> bit)) & 1;
      register = (register >> 1) | (feedback << 7);
      if (feedback) for (const tap of taps) register ^= 1 << tap;
    }
  return [...bytes, register];
}
