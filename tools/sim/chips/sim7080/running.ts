import { fromByteString } from '../../bytes.ts';
import type { Kernel } from '../../kernel.ts';
import type { Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { Air, Sky } from '../radio.ts';
import { boot } from './boot.ts';
import { Clock } from './clock.ts';
import { CommandPort } from './command-port.ts';
import type { Core } from './core.ts';
import type { Backup, ModemFlash, Profile } from './flash.ts';
import { Gnss } from './gnss.ts';
import { NetworkTime } from './network-time.ts';
import type { OnAir } from './on-air.ts';
import type { Faults, ModemState } from './options.ts';
import { Pdp } from './pdp.ts';
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
  readonly kernel: Kernel;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly flash: ModemFlash;
  readonly backup: Backup;
  readonly sim: SimCard;
  readonly imei: string;
  readonly faults: Faults;
  transmit(bytes: Uint8Array): void;
  changed(): void;
  traffic(upBytes: number, downBytes: number): void;
  /** The modem has switched itself off. */
  off(): void;
  /** The modem restarts. */
  restart(): void;
}

/** A modem between power-on and power-off: everything in here is lost with the power. */
export class Running implements Core {
  readonly scope: Scope;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly flash: ModemFlash;
  readonly backup: Backup;
  readonly profile: Profile;
  readonly sim: SimCard;
  readonly imei: string;

  readonly clock: Clock;
  readonly link: RadioLink;
  readonly registration: Registration;
  readonly pdp: Pdp;
  readonly tls = new TlsSettings();
  readonly socket: ModemSocket;
  readonly gnss: Gnss;

  /** CFUN: 0 minimum, 1 full, 4 flight mode. */
  functionality = 1;
  /** The network was left by command. */
  detached = false;
  /** Between CFSINIT and CFSTERM. */
  filesOpen = false;

  readonly #surroundings: Surroundings;
  readonly #out: UartOut;
  readonly #port: CommandPort;
  #phase: 'booting' | 'on' | 'hung' | 'closing' = 'booting';

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.scope = new Scope(surroundings.kernel);
    this.random = surroundings.random;
    this.air = surroundings.air;
    this.sky = surroundings.sky;
    this.network = surroundings.network;
    this.flash = surroundings.flash;
    this.backup = surroundings.backup;
    this.profile = { ...surroundings.flash.profile };
    this.sim = surroundings.sim;
    this.imei = surroundings.imei;

    this.clock = new Clock(this.scope);
    this.#out = new UartOut(this.scope, this.random, (bytes) => surroundings.transmit(bytes));
    this.#port = new CommandPort(this, this.#out);
    this.link = new RadioLink(this.scope, () => this.changed());
    const networkTime = new NetworkTime(this, this.clock);
    this.registration = new Registration(this, {
      radioTaken: () => this.gnss.on,
      onJoined: () => networkTime.joined(),
      onLost: () => {
        networkTime.lost();
        this.pdp.lose();
        this.link.drop();
      },
    });
    this.socket = new ModemSocket(this, (bytes) => this.link.airtimeUs(bytes, this.#technology));
    this.pdp = new Pdp(this, () => this.socket.lose());
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

  get state(): ModemState {
    if (this.#phase === 'booting') return 'booting';
    if (this.gnss.on) return 'gnss';
    if (this.registration.stat === 0) return 'idle';
    if (this.registration.stat === 2) return 'searching';
    return this.link.state ?? 'registered';
  }

  receive(bytes: Uint8Array): void {
    if (this.#phase === 'on') this.input.receive(bytes);
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
    this.#phase = this.takeFault('silentAfterBoot') ? 'hung' : 'on';
    this.changed();
  }

  /** Bring the radio to what CFUN, SIM and COPS/CGATT ask for. */
  updateRadio(): void {
    if (this.functionality === 1 && !this.detached && this.sim.state === 'READY') this.registration.start();
    else this.registration.stop();
  }

  takeFault(fault: keyof Faults): boolean {
    const happens = this.#surroundings.faults[fault] === true;
    if (happens) this.#surroundings.faults[fault] = false;
    return happens;
  }

  changed(): void {
    this.#surroundings.changed();
  }

  traffic(bytes: OnAir): void {
    this.#surroundings.traffic(bytes.up, bytes.down);
    if (bytes.up > 0) this.link.sending(bytes.up, this.#technology);
    else this.link.receiving();
  }

  /** Leave the network, say goodbye and switch off, all of it in `delayUs` and the time the last line takes. */
  shutDown(delayUs: number): void {
    if (this.#phase === 'hung' || this.#phase === 'closing') return;
    this.#phase = 'closing';
    this.scope.after(delayUs, () => {
      this.socket.close();
      this.registration.stop();
      this.gnss.stop();
      this.#out.write(fromByteString('\r\nNORMAL POWER DOWN\r\n'));
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

  get #technology(): 'LTE-M' | 'NB-IoT' {
    return this.registration.camping?.technology === 'NB-IoT' ? 'NB-IoT' : 'LTE-M';
  }
}
