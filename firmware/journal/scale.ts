/** What a page's header says about its readings. A page is all of one scale. */
export interface Scale {
  /** Thousandths of a degree Celsius and of a percent that one count stands for, 1 to 65535. */
  readonly tempStep: number;
  readonly humidityStep: number;
  /** What a reading holds, 1 to 8 channels as docs/journal.md numbers them: what * 16 + where. */
  readonly channels: readonly number[];
}

/** How the tracker is set to sample. */
export interface Sampling extends Scale {
  /** Seconds between readings, 1 to 65535. */
  readonly intervalS: number;
}

export const SUPPLY_TEMP = 0x01;
export const SUPPLY_HUMIDITY = 0x11;
export const RETURN_TEMP = 0x02;
export const AMBIENT_TEMP = 0x03;
/** Added to a place, it makes the channel of its humidity. */
export const HUMIDITY = 0x10;

export function isHumidity(channel: number): boolean {
  return channel >> 4 === 1;
}

/** Thousandths of its unit that one count of a channel stands for. */
export function stepOf(scale: Scale, channel: number): number {
  return isHumidity(channel) ? scale.humidityStep : scale.tempStep;
}

/** Whether readings of both mean the same by the same codes. */
export function sameCodes(a: Scale, b: Scale): boolean {
  return (
    a.tempStep === b.tempStep &&
    a.humidityStep === b.humidityStep &&
    a.channels.join(',') === b.channels.join(',')
  );
}
