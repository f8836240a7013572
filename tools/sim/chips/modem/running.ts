import { fromByteString } from '../../bytes.ts';
import type { Kernel } from '../../kernel.ts';
import type { Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { Air, RadioTechnology, Sky } from '../radio.ts';
import { boot } from './boot.ts';
import { Clock } from './clock.ts';
import { CommandPort } from './command-port.ts';
import type { Core } from './core.ts';
import type { Family, Firmware } from './family.ts';
import { type Faults, take } from './faults.ts';
import type { Backup, ModemFlash, Profile } from './flash.ts';
import { Gnss } from './gnss.ts';
import { NetworkTime } from './network-time.ts';
import type { OnAir } from './on-air.ts';
import type { Grants, ModemState } from './options.ts';
import { Pdp } from './pdp.ts';
import { PowerSaving } from './power-saving.ts';
import { RadioLink } from './radio-link.ts';
import { Registration } from './registration.ts';
import { MS, Scope } from './scope.ts';
import type { SimCard } from './sim-card.ts';
import { ModemSocket } from './socket.ts';
import { TlsSettings } from './tls.ts';
import type { UartIn } from './uart-in.ts';
import { UartOut } from './uart-out.ts';

/** What a powered modem needs from the chip around it. */
export interface Surroundings {
  readonly family: Family;
  readonly firmware: Firmware;
  readonly kernel: Kernel;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly flash: ModemFlash;
  readonly backup: Backup;
  readonly sim: SimCard;
  readonly apns: readonly string[] | undefined;
  readonly grants: Grants;
  readonly imei: string;
  readonly faults: Faults;
  batteryMillivolts(): number | undefined;
  transmit(bytes: Uint8Array): void;
  changed(): void;
  traffic(upBytes: number, downBytes: number): void;
  gpio(pin: number, high: boolean): void;
  /** The modem has switched itself off. */
  off(): void;
  /** The modem restarts. */
  restart(): void;
  /** The battery has given way. */
  brownOut(): void;
}

/** A modem between power-on and power-off: everything in here is lost with the power. */
export class Running implements Core {
  readonly family: Family;
  readonly firmware: Firmware;
  readonly faults: Faults;
  readonly scope: Scope;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly flash: ModemFlash;
  readonly backup: Backup;
  readonly sim: SimCard;
  readonly apns: readonly string[] | undefined;
  readonly grants: Grants;
  readonly profile: Profile;
  readonly imei: string;

  readonly clock: Clock;
  readonly networkTime: NetworkTime;
  readonly link: RadioLink;
  readonly registration: Registration;
  readonly powerSaving: PowerSaving;
  readonly pdp: Pdp;
  readonly tls = new TlsSettings();
  readonly socket: ModemSocket;
  readonly gnss: Gnss;

  /** CFUN: 0 minimum, 1 full, 4 flight mode. */
  functionality = 1;
  /** The network was left by command. */
  detached = false;

  readonly #surroundings: Surroundings;
  readonly #out: UartOut;
  readonly #port: CommandPort;
  #phase: 'booting' | 'on' | 'hung' | 'closing' = 'booting';

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.family = surroundings.family;
    this.firmware = surroundings.firmware;
    this.faults = surroundings.faults;
    this.scope = new Scope(surroundings.kernel);
    this.random = surroundings.random;
    this.air = surroundings.air;
    this.sky = surroundings.sky;
    this.network = surroundings.network;
    this.flash = surroundings.flash;
    this.backup = surroundings.backup;
    this.sim = surroundings.sim;
    this.apns = surroundings.apns;
    this.grants = surroundings.grants;
    this.profile = { ...surroundings.flash.profile };
    this.imei = surroundings.imei;

    const { clockSentinel } = this.faults;
    const start = clockSentinel === undefined || clockSentinel === 'local' ? undefined : clockSentinel;
    this.clock = new Clock(this.scope, start ?? this.family.clock.start, this.family.clock.shows);
    this.#out = new UartOut(this.scope, this.random, this.faults, (bytes) => this.#transmit(bytes));
    this.#port = new CommandPort(this, this.#out);
    this.link = new RadioLink(this.scope, () => this.changed());
    this.networkTime = new NetworkTime(this, this.clock);
    this.registration = new Registration(this, {
      radioTaken: () => this.family.exclusiveRadio && this.gnss.on,
      granted: () => this.powerSaving.granted,
      onJoined: () => this.networkTime.joined(),
      onLost: () => {
        this.networkTime.lost();
        this.pdp.lose();
        this.link.drop();
      },
    });
    this.powerSaving = new PowerSaving(this, () => this.registration.camping?.technology);
    this.socket = new ModemSocket(this, (bytes) => this.link.airtimeUs(bytes, this.#technology));
    this.pdp = new Pdp(this, {
      cell: () => this.registration.camping?.cell,
      onDown: () => this.socket.lose(),
    });
    this.gnss = new Gnss(this);
    this.sim.reset();
    boot(this);
  }

  get input(): UartIn {
    return this.#port.input;
  }

  get hung(): boolean {
    return this.#phase === 'hung';
  }

  get batteryMillivolts(): number | undefined {
    return this.#surroundings.batteryMillivolts();
  }

  get state(): ModemState {
    if (this.#phase === 'booting') return 'booting';
    const gnss = this.gnss.on ? 'gnss' : undefined;
    if (gnss && this.family.exclusiveRadio) return gnss;
    const { stat } = this.registration;
    if (stat === 0) return gnss ?? 'idle';
    if (stat === 2 || stat === 3) return 'searching';
    return this.link.state ?? gnss ?? 'registered';
  }

  receive(bytes: Uint8Array): void {
    if (this.#phase === 'on' && !this.faults.silent) this.input.receive(bytes);
  }

  /** Bytes that belong to no line, such as noise while the UART starts. */
  noise(bytes: Uint8Array): void {
    this.#out.write(bytes);
  }

  urc(line: string): void {
    if (this.#phase === 'on') this.#port.urc(line);
  }

  /** The UART takes commands from now on. */
  ready(): void {
    this.#phase = take(this.faults, 'silentAfterBoot') ? 'hung' : 'on';
    this.changed();
  }

  /** Nothing goes on at the UART any more, and PWRKEY does nothing. */
  freeze(): void {
    this.#phase = 'hung';
  }

  /** Bring the radio to what CFUN, SIM and COPS/CGATT ask for. */
  updateRadio(): void {
    if (this.functionality === 1 && !this.detached && this.sim.state === 'READY') this.registration.start();
    else this.registration.stop();
  }

  /** The SIM has been pulled out of the running modem. */
  simRemoved(): void {
    this.sim.remove();
    this.urc('+CPIN: NOT READY');
    this.updateRadio();
  }

  changed(): void {
    this.#surroundings.changed();
  }

  gpio(pin: number, high: boolean): void {
    this.#surroundings.gpio(pin, high);
  }

  traffic(bytes: OnAir, technology = this.#technology): void {
    this.#surroundings.traffic(bytes.up, bytes.down);
    if (bytes.up > 0) {
      this.link.sending(bytes.up, technology);
      if (technology === 'GSM') this.#loadBattery();
    } else {
      this.link.receiving();
    }
  }

  /** Leave the network, say goodbye and switch off, all of it in `delayUs` and the time the last line takes. */
  shutDown(delayUs: number): void {
    if (this.#phase === 'hung' || this.#phase === 'closing') return;
    this.#phase = 'closing';
    this.scope.after(delayUs, () => {
      this.socket.close();
      this.registration.stop();
      this.gnss.stop();
      const { poweredDown } = this.family.words;
      if (poweredDown && !this.faults.powerDownSilent) {
        this.#out.write(fromByteString(`\r\n${poweredDown}\r\n`));
      }
      this.scope.after(this.#out.drainUs + 10 * MS, () => this.#surroundings.off());
    });
  }

  reboot(): void {
    this.#surroundings.restart();
  }

  /** The supply is gone. */
  kill(): void {
    this.scope.end();
    this.socket.lose();
  }

  #transmit(bytes: Uint8Array): void {
    if (!this.hung && !this.faults.silent) this.#surroundings.transmit(bytes);
  }

  #loadBattery(): void {
    const limit = this.faults.brownOutOnGsmBurst;
    const millivolts = this.batteryMillivolts;
    if (limit === undefined || millivolts === undefined) return;
    if (millivolts < limit) this.scope.after(0, () => this.#surroundings.brownOut());
  }

  get #technology(): RadioTechnology {
    return this.registration.camping?.technology ?? 'LTE-M';
  }
}
