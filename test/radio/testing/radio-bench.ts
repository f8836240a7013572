/**
 * A tracker's uplink with everything real but the processor and the air: the journal on mock flash, the policy, the uplink
 * session, the modem's drivers and its model at AT-byte level, and a broker with a collector behind it, in virtual time.
 */

import { loadConfig } from '../../../firmware/config/load.ts';
import type { Config } from '../../../firmware/config/schema.ts';
import { DEFAULT_CONFIG } from '../../../firmware/config/values.ts';
import type { Journal } from '../../../firmware/journal/journal.ts';
import { boot, put } from '../../../firmware/journal/testing/bench.ts';
import { type Entry, plainLog } from '../../../firmware/journal/testing/plain-log.ts';
import { BLANK_HISTORY } from '../../../firmware/radio/history.ts';
import { itemsOf } from '../../../firmware/radio/recall.ts';
import { reportIfDue } from '../../../firmware/report.ts';
import { FarSide } from '../../../firmware/uplink/testing/far-side.ts';
import type { Fix } from '../../../hal/gnss.ts';
import { mockBattery } from '../../../hal/mock/battery.ts';
import { mockConsole } from '../../../hal/mock/console.ts';
import { mockCrypto } from '../../../hal/mock/crypto.ts';
import { mockDoor } from '../../../hal/mock/door.ts';
import { mockFlash } from '../../../hal/mock/flash.ts';
import { mockGnss } from '../../../hal/mock/gnss.ts';
import { mockPower } from '../../../hal/mock/power.ts';
import { mockReeferSocket } from '../../../hal/mock/reefer-socket.ts';
import { mockWatchdog } from '../../../hal/mock/watchdog.ts';
import type { Tracker } from '../../../hal/tracker.ts';
import { DriverBench, type DriverBenchOptions } from '../../../tools/conformance/driver-bench.ts';
import { faults as catalogue } from '../../../tools/errors/faults.ts';
import { configPage } from '../../../tools/provision/config-page.ts';
import { fromByteString } from '../../../tools/sim/bytes.ts';
import { berlin, certificate, TestStream } from '../../../tools/sim/chips/modem/bench.ts';
import type { FamilyName } from '../../../tools/sim/chips/modem/families/index.ts';
import type { Cell, RadioTechnology } from '../../../tools/sim/chips/radio.ts';

/** No session may take longer: the firmware's own limit, and the closing behind it. */
export const SESSION_CAP_S = 480 + 45;

/** Where each family finds its network in these tests. */
export const HOME: Readonly<Record<FamilyName, RadioTechnology>> = {
  sim7080: 'LTE-M',
  sim7000: 'GSM',
  a7670: 'LTE',
  bg9x: 'LTE-M',
};

/** In the order in which hal/link.ts numbers them, from 1. */
const TECHNOLOGIES: readonly RadioTechnology[] = ['LTE-M', 'NB-IoT', 'GSM', 'LTE'];

export interface RadioBenchOptions extends DriverBenchOptions {
  readonly family: FamilyName;
  readonly readings?: number;
  readonly config?: Partial<Config>;
  /** Whether it remembers the network at home from an earlier session. Unset: yes. */
  readonly isAtHome?: boolean;
}

/** The id of a fault in the catalogue, and 'delivered' for none. */
export function idOf(code: number): string {
  if (code === 0) return 'delivered';
  return catalogue.find((fault) => fault.code === code)?.id ?? `unknown ${code}`;
}

/** What became of a session. */
export interface Outcome {
  /** Outcome of the SESSION record, by its id. */
  readonly result: string;
  readonly tookS: number;
  /** Ids of the FAULT records that it has left. */
  readonly faults: readonly string[];
  /** Whether the collector holds every record that stood in the journal before the session. */
  readonly delivered: boolean;
  /** Whether every such record can still be read in flash. */
  readonly stored: boolean;
}

export class RadioBench {
  readonly drivers: DriverBench;
  readonly far = new FarSide();
  journal: Journal;
  readonly tracker: Tracker;
  readonly flash = mockFlash(14, 4096);
  readonly streams: TestStream[] = [];
  config: Config;
  #generation = 1;
  readonly #configuration = mockFlash(2, 4096);

  constructor(options: RadioBenchOptions) {
    const { family, readings = 40, config = {}, isAtHome = true } = options;
    this.drivers = new DriverBench(options);
    const { world, clock } = this.drivers;
    world.cells = { [HOME[family]]: berlin };
    world.connect = async (target) => {
      world.targets.push(target);
      const failed = world.connectError;
      if (failed !== undefined) return { ok: false, error: failed };
      const stream = new TestStream();
      stream.answer = (text) => this.far.answer(fromByteString(text));
      this.streams.push(stream);
      return { ok: true, stream };
    };
    this.config = {
      ...DEFAULT_CONFIG,
      deviceId: 'box-7',
      intervalS: 300,
      apn: 'iot.example',
      brokerHost: 'broker.example',
      caPem: certificate,
      ...config,
    };
    this.#configuration.program(0, configPage(this.config, 1));
    this.tracker = {
      clock,
      power: mockPower(() => {}),
      journal: this.flash,
      configuration: this.#configuration,
      fittings: () => ({ probes: [], door: mockDoor(), reefer: mockReeferSocket() }),
      gnss: mockGnss(clock),
      link: this.drivers.link,
      forgetRadio: () => {},
      battery: mockBattery(),
      console: mockConsole(),
      watchdog: mockWatchdog(clock),
      crypto: mockCrypto,
    };
    this.journal = boot(this.flash);
    this.journal.poweredOn(0, 0);
    for (let i = 0; i < readings; i++) put(this.journal, (i * 7) % 5);
    const technology = 1 + TECHNOLOGIES.indexOf(HOME[family]);
    if (isAtHome) this.journal.radio(itemsOf({ ...BLANK_HISTORY, technology, network: 26_201 }));
  }

  /** Networks that the antenna hears from now on. */
  hears(cells: Partial<Record<RadioTechnology, Cell>>): void {
    this.drivers.world.cells = cells;
  }

  /** Write another configuration, as a technician does. */
  configure(changes: Partial<Config>): void {
    this.config = { ...this.config, ...changes };
    this.#generation++;
    this.#configuration.erase(0);
    this.#configuration.program(0, configPage(this.config, this.#generation));
  }

  /** Another wake: all that was in RAM is gone. */
  reboot(): void {
    this.journal = boot(this.flash);
  }

  log(): Entry[] {
    return plainLog(this.flash.cells);
  }

  /** Hold a session that is due now, and tell what became of it. */
  async session(fix: Fix | null = null): Promise<Outcome> {
    const before = this.log();
    const behind = before.length;
    const startS = this.drivers.nowS;
    this.journal.state.uplinkAtS = null;
    let ended = Number.NaN;
    const { config, generation } = loadConfig(this.#configuration, mockCrypto);
    reportIfDue(this.tracker, this.journal, config, generation, fix, 480, false, () => {
      ended = this.drivers.nowS;
    });
    await this.drivers.until(() => !Number.isNaN(ended), SESSION_CAP_S + 10);
    // The modem's last line comes a moment before its power goes.
    await this.drivers.run(0.5);
    const after = this.log();
    const since = after.slice(behind);
    const seqs = new Set(after.map(({ seq }) => seq));
    return {
      result: idOf(Number(since.findLast(({ kind }) => kind === 'SESSION')?.fields[1] ?? Number.NaN)),
      tookS: ended - startS,
      faults: since.filter(({ kind }) => kind === 'FAULT').map(({ fields }) => idOf(Number(fields[0]))),
      delivered: before.every(({ seq }) => this.far.held.has(seq)),
      stored: before.every(({ seq }) => seqs.has(seq)),
    };
  }
}
