import type { ConsoleBench } from './bench.ts';

/** How often virtual time is brought up to the time of the host, ms. */
const BEAT_MS = 5;

/** How long a console listens: without a key, and with one. Until it says that it has closed. */
const WINDOW_US = 10_500_000;
const OPEN_US = 1_200_000_000;
/** A start takes so long until it listens. */
const START_US = 8_000_000;
const HAS_CLOSED = /^(console closed|nobody is there|starting again)/;

/** A virtual tracker whose time goes on with the host's. */
export interface Live {
  /** Someone types. A board that does not listen is reset first: opening its port would pull its reset line. */
  type(text: string): void;
  /** The reset button. */
  reset(): void;
  /** Power is gone, and back two seconds later. */
  cutPower(): void;
  /** Let it go on until `stop`; rejects with what went wrong inside. */
  run(): Promise<void>;
  stop(): void;
}

/** `speed`: seconds of the tracker in a second of the host. A host that cannot keep up is behind, and nothing is left out. */
export function live(bench: ConsoleBench, speed: number): Live {
  const { kernel, sim } = bench.stage;
  const { tracker } = sim;
  const orders: (() => void)[] = [];
  let isStopped = false;
  let listensUntilUs = START_US;
  let isStarting = true;
  bench.onLine = (line) => {
    if (line.startsWith('press Enter within')) {
      isStarting = false;
      listensUntilUs = kernel.nowUs + WINDOW_US;
    } else if (HAS_CLOSED.test(line)) listensUntilUs = 0;
  };
  return {
    type: (text) => {
      orders.push(() => {
        if (tracker.state === 'asleep' || kernel.nowUs > listensUntilUs) {
          tracker.reset();
          isStarting = true;
          listensUntilUs = kernel.nowUs + START_US;
        } else if (!isStarting) listensUntilUs = kernel.nowUs + OPEN_US;
        tracker.type(text);
      });
    },
    reset: () => {
      orders.push(() => tracker.reset());
    },
    cutPower: () => {
      orders.push(() => {
        tracker.powerOff();
        kernel.after(2_000_000, () => tracker.powerOn());
      });
    },
    run: async () => {
      tracker.powerOn();
      const startMs = performance.now();
      while (!isStopped) {
        for (const order of orders.splice(0)) order();
        const untilUs = (performance.now() - startMs) * 1000 * speed;
        if (untilUs > kernel.nowUs) await kernel.run(Math.floor(untilUs));
        await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
      }
    },
    stop: () => {
      isStopped = true;
    },
  };
}
