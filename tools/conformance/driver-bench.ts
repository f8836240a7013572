import type { Clock } from '../../hal/clock.ts';
import type { Fix, Gnss, GnssFailure } from '../../hal/gnss.ts';
import { type Link, type LinkTarget, LTE_M, NB_IOT } from '../../hal/link.ts';
import { modem as modemDrivers } from '../../hal/modem/modem.ts';
import type { ModemProfile } from '../../hal/modem/profile.ts';
import { a7670 } from '../../hal/modem/profiles/a7670.ts';
import { bg9x } from '../../hal/modem/profiles/bg9x.ts';
import { sim7000 } from '../../hal/modem/profiles/sim7000.ts';
import { sim7080 } from '../../hal/modem/profiles/sim7080.ts';
import { fromByteString, toByteString } from '../sim/bytes.ts';
import { type BenchOptions, certificate, Bench as ModemBench } from '../sim/chips/modem/bench.ts';
import type { FamilyName } from '../sim/chips/modem/families/index.ts';
import { kernelClock } from './kernel-clock.ts';

export const target: LinkTarget = {
  apn: 'iot.example',
  host: 'broker.example',
  port: 8883,
  caPem: certificate,
  simPin: '',
  searches: [
    { technology: LTE_M, withinS: 120, network: 0 },
    { technology: NB_IOT, withinS: 60, network: 0 },
  ],
  clearForbidden: false,
  utcS: null,
  powerSavingS: 0,
  rung: 0,
};

/** What became of one open. */
export interface Session {
  readonly faults: number[];
  heard: string;
  closed: number;
  /** Seconds that it took to open, or to fail. */
  tookS: number;
}

export interface Search {
  readonly outcomes: [GnssFailure | null, Fix | null][];
  tookS: number;
}

/** The profile that drives each family. */
export const profiles: Readonly<Record<FamilyName, ModemProfile>> = {
  sim7080: sim7080(),
  sim7000: sim7000(),
  a7670: a7670(),
  bg9x: bg9x(),
};

export interface DriverBenchOptions extends BenchOptions {
  /** Whether the board can switch the modem's supply. Unset: yes. */
  readonly hasRail?: boolean;
}

/** The drivers of a modem on the model of that modem in virtual time, in a world that a test can change. */
export class DriverBench {
  readonly world: ModemBench;
  readonly clock: Clock;
  readonly link: Link;
  readonly gnss: Gnss;
  /** Commands and payloads as the drivers wrote them. */
  readonly written: string[] = [];
  /** Called before a write reaches the modem. */
  onWrite: (text: string) => void = () => {};
  /** The rail that feeds the modem cannot be switched. */
  supplyStuck = false;
  antennaFed = false;
  #listener: ((bytes: string) => void) | undefined;

  constructor(options: DriverBenchOptions = {}) {
    const { hasRail = true, family = 'sim7080' } = options;
    this.world = new ModemBench(options);
    const { kernel, modem } = this.world;
    this.clock = kernelClock(kernel);
    const view = this.world.view.bind(this.world);
    this.world.view = () => (this.antennaFed ? view() : undefined);
    modem.onTransmit = (bytes) => this.hear(toByteString(bytes));
    const parts = modemDrivers(
      () => profiles[family],
      {
        open: (onBytes) => {
          this.#listener = onBytes;
        },
        close: () => {
          this.#listener = undefined;
        },
        write: (data) => {
          const text = typeof data === 'string' ? data : toByteString(data);
          this.written.push(text);
          this.onWrite(text);
          modem.receive(fromByteString(text));
        },
      },
      this.clock,
      {
        supply: hasRail
          ? (on) => {
              if (!this.supplyStuck) modem.setSupply(on);
              return !this.supplyStuck;
            }
          : null,
        pwrkey: (pressed) => modem.pwrkey(pressed),
        antenna: (on) => {
          this.antennaFed = on;
        },
      },
    );
    if (!hasRail) modem.setSupply(true);
    this.link = parts.link;
    this.gnss = parts.gnss;
  }

  get nowS(): number {
    return this.world.kernel.nowUs / 1e6;
  }

  async run(seconds: number): Promise<void> {
    await this.world.run(seconds);
  }

  /** What the modem sends arrives here, and goes on in pieces of any size. */
  hear: (bytes: string) => void = (bytes) => this.inject(bytes);

  /** Bytes on the UART, whether or not the modem sent them. */
  inject(bytes: string): void {
    this.#listener?.(bytes);
  }

  /** Begin to open; the outcome is filled in as time passes. */
  open(deadlineS = 180, to: LinkTarget = target): Session {
    const session: Session = { faults: [], heard: '', closed: 0, tookS: 0 };
    const startS = this.nowS;
    this.link.open(
      to,
      deadlineS,
      (fault) => {
        session.faults.push(fault);
        session.tookS = this.nowS - startS;
      },
      (bytes) => {
        session.heard += bytes;
      },
      () => {
        session.closed++;
      },
    );
    return session;
  }

  /** Open, and wait for the outcome. */
  async opened(deadlineS = 180): Promise<Session> {
    const session = this.open(deadlineS);
    await this.until(() => session.faults.length > 0, deadlineS + 15);
    return session;
  }

  /** Send, and wait for the outcomes: one, if all is well. */
  async send(bytes: Uint8Array | string, seconds = 25): Promise<boolean[]> {
    const outcomes: boolean[] = [];
    this.link.send(typeof bytes === 'string' ? fromByteString(bytes) : bytes, (ok) => outcomes.push(ok));
    await this.until(() => outcomes.length > 0, seconds);
    return outcomes;
  }

  /** Close; seconds until each call of `done`, of which there should be one. */
  async close(): Promise<number[]> {
    const calls: number[] = [];
    const startS = this.nowS;
    this.link.close(() => calls.push(this.nowS - startS));
    await this.run(45);
    return calls;
  }

  locate(deadlineS = 90): Search {
    const search: Search = { outcomes: [], tookS: 0 };
    const startS = this.nowS;
    this.gnss.locate(deadlineS, (failure, fix) => {
      search.outcomes.push([failure, fix]);
      search.tookS = this.nowS - startS;
    });
    return search;
  }

  async located(deadlineS = 90): Promise<Search> {
    const search = this.locate(deadlineS);
    await this.until(() => search.outcomes.length > 0, deadlineS + 25);
    return search;
  }

  async release(): Promise<number[]> {
    const calls: number[] = [];
    const startS = this.nowS;
    this.gnss.release(() => calls.push(this.nowS - startS));
    await this.run(45);
    return calls;
  }

  /** The modem restarts by itself, as it does when its supply dips. */
  async restartModem(): Promise<void> {
    const { modem } = this.world;
    modem.setSupply(false);
    modem.setSupply(true);
    await this.world.press(1.1);
  }

  async until(holds: () => boolean, seconds: number): Promise<void> {
    const endS = this.nowS + seconds;
    while (!holds() && this.nowS < endS) await this.run(0.1);
  }
}
