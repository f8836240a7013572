import type { Port } from '../../../tools/console/port.ts';
import { VirtualPort } from '../../../tools/console/testing/virtual-port.ts';
import type { Socket } from './serial-bridge.ts';

/** From a restart to the open window, s. */
const START_S = 4;

/** The virtual tracker at the cable: the firmware, on the simulated board. */
export class VirtualUnit implements Socket {
  readonly port: VirtualPort;
  /** One thing after the other, as over a wire. */
  #done = Promise.resolve();

  private constructor(port: VirtualPort) {
    this.port = port;
  }

  static async make(...options: Parameters<typeof VirtualPort.make>): Promise<VirtualUnit> {
    return new VirtualUnit(await VirtualPort.make(...options));
  }

  connect(): Port {
    const { port } = this;
    port.open();
    return {
      write: (text) => {
        this.#done = this.#done.then(() => this.#write(text)).catch(() => {});
        return Promise.resolve();
      },
      onText: (hear) => port.onText(hear),
      onClosed: (gone) => port.onClosed(gone),
      reset: () => port.reset(),
      close: () => port.close(),
    };
  }

  async #write(text: string): Promise<void> {
    await this.port.write(text);
    // Its time passes only for what is asked: a start has to be waited for.
    if (!/"do":"(reboot|selftest)"/.test(text)) return;
    await this.port.pass(0);
    await this.port.pass(START_S);
  }
}
