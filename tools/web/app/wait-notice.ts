import type { App } from './app.ts';
import { element, refill } from './element.ts';

/** Counts down until the next PIN is looked at, and then calls `onOver`. */
export function waitNotice({ words }: App, waitS: number, onOver: () => void): HTMLElement {
  const place = element('p', { class: waitS > 0 ? 'box box-wait' : 'none', id: 'pin-wait', role: 'status' });
  const until = performance.now() + waitS * 1000;
  const tell = (): void => {
    const leftS = Math.ceil((until - performance.now()) / 1000);
    if (leftS <= 0) {
      place.className = 'none';
      refill(place);
      onOver();
      return;
    }
    refill(place, words.say('connect.pin-wait', { time: words.duration(leftS) }));
    setTimeout(() => place.isConnected && tell(), 1000);
  };
  if (waitS > 0) queueMicrotask(tell);
  return place;
}
