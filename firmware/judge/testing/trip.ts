import { LAST_PLACE } from '../../../hal/probe.ts';
import { cursorOn, putInteger, readInteger } from '../../cbor.ts';
import type { Alarm } from '../alarm.ts';
import { blankJudgement, itemsOf, type Judgement, judgementOf } from '../judgement.ts';
import type { Rule } from '../rules.ts';
import { step } from '../step.ts';

/** What a checkpoint takes in the journal. */
export function bytesOf(judgement: Judgement): Uint8Array {
  const out = new Uint8Array(400);
  let at = 0;
  for (const item of itemsOf(judgement)) at = putInteger(out, at, item);
  return out.subarray(0, at);
}

/** The judgement after a boot that finds `bytes`. */
export function reborn(bytes: Uint8Array, rules: readonly Rule[]): Judgement {
  const cursor = cursorOn(bytes, 0, bytes.length);
  const items: (number | null)[] = [];
  while (cursor.at < cursor.end) {
    const item = readInteger(cursor);
    if (item === undefined) throw new Error(`no integer at byte ${cursor.at}`);
    items.push(item);
  }
  const judgement = judgementOf(items, rules);
  if (judgement === null) throw new Error('these are not the items of these rules');
  return judgement;
}

/** Degrees Celsius by place. */
export type Temps = Readonly<Record<number, number | null>>;

/** A journey in minutes and degrees. Every reading is a boot: the judgement goes through the bytes of a checkpoint. */
export class Trip {
  judgement: Judgement;
  #powerOn = 1;

  constructor(rules: readonly Rule[]) {
    this.judgement = blankJudgement(rules);
  }

  /** Power was cut; what follows counts its minutes afresh. */
  powerCut(): void {
    this.#powerOn++;
  }

  /** Reads at a minute of uptime, and gives the alarms that come of it. */
  read(minute: number, tempsC: Temps, masked = false): Alarm[] {
    const tempsMilliC: (number | null)[] = [null];
    for (let place = 1; place <= LAST_PLACE; place++) {
      const tempC = tempsC[place] ?? null;
      tempsMilliC.push(tempC === null ? null : Math.round(tempC * 1000));
    }
    this.judgement = reborn(bytesOf(this.judgement), this.judgement.rules);
    const alarms: Alarm[] = [];
    const reading = { powerOn: this.#powerOn, uptimeS: minute * 60, tempsMilliC, masked };
    step(this.judgement, reading, (alarm) => alarms.push(alarm));
    return alarms;
  }

  /**
   * Reads every `every` minutes from `from` to `to`, both of them, and gives the minutes at which something was reported:
   * "600 +1" where rule 1 came to be broken, "900 -1" where it is not any more.
   */
  steady(from: number, to: number, every: number, tempsC: Temps, masked = false): string[] {
    const told: string[] = [];
    for (let minute = from; minute <= to; minute += every)
      for (const { rule, raised } of this.read(minute, tempsC, masked))
        told.push(`${minute} ${raised ? '+' : '-'}${rule}`);
    return told;
  }
}
