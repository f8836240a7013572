import { connect } from '../../console/connect.ts';
import { FakeConfig } from '../../console/testing/fake-config.ts';
import { FakeTracker } from '../../console/testing/fake-tracker.ts';
import { unlock } from '../../console/unlock.ts';
import { ColdrailError } from '../../errors/error.ts';
import type { Plugged, Workbench } from '../workbench.ts';

/** A tracker that can be plugged in. */
export class BenchUnit {
  readonly config = new FakeConfig();
  pin = '';
  /** Pull the cable at a request of this kind, once. */
  pullAt = '';

  connect(): FakeTracker {
    const tracker: FakeTracker = new FakeTracker((message) => {
      if (message['do'] !== this.pullAt) return undefined;
      this.pullAt = '';
      tracker.pull();
      return { last: {} };
    }, this.config.answer);
    tracker.device = this.deviceId;
    tracker.pin = this.pin;
    tracker.isOpen = this.pin === '';
    return tracker;
  }

  get deviceId(): string {
    return String(this.config.inFlash[1]);
  }
}

/** One port, into which one tracker after the other is plugged. */
export class FakeBench implements Workbench {
  readonly said: string[] = [];
  readonly asked: string[] = [];
  isAttended = false;
  pin: string | undefined;
  /** What is plugged in; undefined: no port. */
  unit: BenchUnit | undefined;
  /** Called while the run waits for something to happen at the port. */
  onSleep: () => void = () => {};
  answer: (question: string) => boolean = () => true;

  readonly plugged = async <T>(run: (tracker: Plugged) => Promise<T>): Promise<T> => {
    if (!this.unit) throw new ColdrailError('serial.missing', { path: 'the port' });
    const port = this.unit.connect();
    try {
      const tracker = await connect(port);
      const isOpen = await unlock(tracker.client, { askPin: async () => this.pin, tries: 1 });
      if (!isOpen) throw new ColdrailError('console.pin-needed');
      const reconnect = async () => (await connect(port)).client;
      return await run({ ...tracker, reconnect });
    } finally {
      await port.close();
    }
  };

  readonly ask = async (question: string): Promise<boolean> => {
    this.asked.push(question);
    return this.answer(question);
  };

  readonly say = (sentence: string): void => {
    this.said.push(sentence);
  };

  readonly sleep = async (): Promise<void> => {
    this.onSleep();
  };
}
