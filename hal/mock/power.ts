import { LONGEST_SLEEP_S, type Power, type WakeCause } from '../power.ts';

/** Records sleeps instead of ending the program. */
export interface MockPower extends Power {
  cause: WakeCause;
  readonly sleeps: number[];
  restarts: number;
}

/** `onSleep` runs at each sleep: what a test wants to be lost then. */
export function mockPower(onSleep: () => void = () => {}): MockPower {
  const mock: MockPower = {
    cause: 'power-on',
    sleeps: [],
    restarts: 0,
    wakeCause: () => mock.cause,
    sleep: (seconds) => {
      if (!(seconds >= 1 && seconds <= LONGEST_SLEEP_S)) throw new Error(`cannot sleep for ${seconds} s`);
      mock.sleeps.push(seconds);
      onSleep();
    },
    restart: () => {
      mock.restarts++;
      onSleep();
    },
  };
  return mock;
}
