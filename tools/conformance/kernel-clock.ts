import type { Clock } from '../../hal/clock.ts';
import { DEVICE, type Kernel, type Timer } from '../sim/kernel.ts';

/** The HAL's clock over a simulation's virtual time, for drivers that run outside of a virtual board. */
export function kernelClock(kernel: Kernel): Clock {
  const timers: Timer[] = [];
  return {
    uptimeS: () => kernel.nowUs / 1e6,
    after: (delayMs, run) => timers.push(kernel.after(delayMs * 1000, run, DEVICE)) - 1,
    cancel: (alarm) => kernel.cancel(timers[alarm]),
  };
}
