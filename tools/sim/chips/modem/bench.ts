import { fromByteString, toByteString } from '../../bytes.ts';
import { Kernel } from '../../kernel.ts';
import type { ConnectError, Network, Stream } from '../../net/network.ts';
import { randomStream } from '../../random.ts';
import type { Air, Cell, RadioTechnology, Sky, SkyFix } from '../radio.ts';
import { families } from './families/index.ts';
import type { FamilyName } from './family.ts';
import { Modem } from './modem.ts';
import type { Faults, Grants, ModemOptions, ModemState } from './options.ts';
import { S } from './scope.ts';

export const berlin: Cell = {
  mcc: '262',
  mnc: '01',
  roaming: false,
  rssiDbm: -73,
  tac: 0x5b57,
  cellId: 0x195071b,
};

/** 19 digits. */
export const ICCID = '8988303000001234567';

export const openSky: SkyFix = {
  latDeg: 52.52,
  lonDeg: -0.405,
  altitudeM: 34,
  speedKmh: 61.5,
  courseDeg: 271,
  satellites: 9,
  hdop: 1.2,
  utcMs: Date.UTC(2026, 10, 21, 12, 0, 0),
};

export const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** A far side for tests: remembers what it got and answers with what `answer` gives. */
export class TestStream implements Stream {
  closed = false;
  onClosed: (() => void) | undefined;
  readonly got: string[] = [];
  answer: (text: string) => string[] = () => [];

  /** Time of the host, not of the simulation. */
  delayMs = 0;

  async send(bytes: Uint8Array): Promise<Uint8Array[]> {
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    this.got.push(toByteString(bytes));
    return this.answer(toByteString(bytes)).map(fromByteString);
  }

  close(): void {
    this.closed = true;
  }

  hangUp(): void {
    this.closed = true;
    this.onClosed?.();
  }
}

export interface BenchOptions {
  readonly seed?: number;
  readonly family?: FamilyName;
  readonly faults?: Faults;
  /** Short for a SIM that asks for this PIN. */
  readonly simPin?: string;
  readonly sim?: ModemOptions['sim'];
  readonly apns?: readonly string[];
  readonly firmware?: string;
  readonly antennaGpio?: number;
}

/** A modem in a world that a test can change, and a small AT client for it. */
export class Bench implements Air, Sky, Network {
  readonly kernel = new Kernel();
  readonly modem: Modem;
  readonly states: ModemState[] = [];
  readonly chunks: Uint8Array[] = [];
  readonly stream = new TestStream();
  readonly targets: { host: string; port: number; tls: boolean }[] = [];
  cells: Partial<Record<RadioTechnology, Cell>> = { 'LTE-M': berlin };
  fix: SkyFix | undefined;
  readonly grants: Grants = {};
  millivolts = 3900;
  brownOuts = 0;
  readonly gpio: [pin: number, high: boolean][] = [];
  readonly joins: Cell[] = [];
  connectError: ConnectError | undefined;
  upBytes = 0;
  downBytes = 0;
  heard = '';

  constructor(options: BenchOptions = {}) {
    this.modem = new Modem({
      family: families[options.family ?? 'sim7080'],
      kernel: this.kernel,
      random: randomStream(options.seed ?? 1, 'modem'),
      air: this,
      sky: this,
      network: this,
      sim: options.sim ?? { iccid: ICCID, pin: options.simPin },
      apns: options.apns,
      grants: this.grants,
      firmware: options.firmware,
      antennaGpio: options.antennaGpio,
      faults: options.faults,
      batteryMillivolts: () => this.millivolts,
      onStateChange: (state) => this.states.push(state),
      onGpio: (pin, high) => this.gpio.push([pin, high]),
      onBrownOut: () => {
        this.brownOuts++;
      },
      onTraffic: (up, down) => {
        this.upBytes += up;
        this.downBytes += down;
      },
    });
    this.modem.onTransmit = (bytes) => {
      this.chunks.push(bytes);
      this.heard += toByteString(bytes);
    };
  }

  joined(cell: Cell): void {
    this.joins.push(cell);
  }

  cell(technology: RadioTechnology): Cell | undefined {
    return this.cells[technology];
  }

  utcMs(): number {
    return Date.UTC(2026, 10, 21, 12, 0, 0) + this.kernel.nowUs / 1000;
  }

  utcOffsetMin(): number {
    return 330;
  }

  view(): SkyFix | undefined {
    return this.fix;
  }

  async connect(target: {
    host: string;
    port: number;
    tls: boolean;
  }): Promise<{ ok: true; stream: Stream } | { ok: false; error: ConnectError }> {
    this.targets.push(target);
    const passes = !this.connectError || (this.connectError.startsWith('tls-') && !target.tls);
    return passes ? { ok: true, stream: this.stream } : { ok: false, error: this.connectError ?? 'timeout' };
  }

  async run(seconds: number): Promise<void> {
    await this.kernel.run(this.kernel.nowUs + seconds * S);
  }

  async press(seconds: number): Promise<void> {
    this.modem.pwrkey(true);
    await this.run(seconds);
    this.modem.pwrkey(false);
  }

  /** Supply on, PWRKEY, and AT until it answers; then echo off. */
  async powerUp(): Promise<void> {
    this.modem.setSupply(true);
    await this.press(1.1);
    await this.poll('AT', /OK/, 20, 0.5);
    await this.command('ATE0');
    await this.command('AT+CMEE=2');
  }

  write(text: string): void {
    this.modem.receive(fromByteString(text));
  }

  /** All that is heard from `from` on until it matches, or until the time is up. */
  async until(pattern: RegExp, seconds: number, from = this.heard.length): Promise<string> {
    const endUs = this.kernel.nowUs + seconds * S;
    while (!pattern.test(this.heard.slice(from)) && this.kernel.nowUs < endUs) await this.run(0.005);
    return this.heard.slice(from);
  }

  /** Send a command and return all that is heard up to its final code. */
  async command(text: string, seconds = 10): Promise<string> {
    await this.run(0.02);
    const from = this.heard.length;
    this.write(`${text}\r`);
    return this.until(/\r\n(OK|ERROR|\+CME ERROR: [^\r]*)\r\n$/, seconds, from);
  }

  /** Repeat a command until its answer matches. */
  async poll(text: string, pattern: RegExp, tries: number, everyS: number): Promise<string> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const answer = await this.command(text, everyS);
      if (pattern.test(answer)) return answer;
      await this.run(everyS);
    }
    throw new Error(`${text} never answered ${pattern}`);
  }

  async register(): Promise<void> {
    await this.poll('AT+CEREG?', /: \d,[15]/, 30, 2);
  }

  async activate(): Promise<void> {
    const from = this.heard.length;
    await this.command('AT+CNACT=0,1');
    await this.until(/\+APP PDP: 0,ACTIVE/, 10, from);
  }

  /** The code with which CAOPEN ends, in whichever order its two lines come. */
  async open(command = 'AT+CAOPEN=0,0,"TCP","203.0.113.5",1883'): Promise<string> {
    const from = this.heard.length;
    await this.command(command, 120);
    return /\+CAOPEN: 0,(\d+)/.exec(await this.until(/\+CAOPEN: 0,\d+\r\n/, 120, from))?.[1] ?? 'none';
  }

  /** From nothing to an open connection. */
  async connected(): Promise<void> {
    await this.powerUp();
    await this.register();
    await this.activate();
    await this.open();
  }

  /** CASEND with its prompt and bytes; returns what follows the prompt, or what came instead of it. */
  async send(bytes: string): Promise<string> {
    const from = this.heard.length;
    this.write(`AT+CASEND=0,${bytes.length}\r`);
    const prompt = await this.until(/>$|ERROR/, 5, from);
    if (!prompt.endsWith('>')) return this.until(/\r\n$/, 1, from);
    const prompted = this.heard.length;
    this.write(bytes);
    return this.until(/(OK|ERROR)\r\n/, 15, prompted);
  }

  async uploadCa(): Promise<void> {
    await this.command('AT+CFSINIT');
    const from = this.heard.length;
    this.write(`AT+CFSWFILE=3,"ca.crt",0,${certificate.length},5000\r`);
    await this.until(/DOWNLOAD\r\n/, 5, from);
    this.write(certificate);
    await this.until(/OK\r\n/, 5);
    await this.command('AT+CFSTERM');
  }
}
