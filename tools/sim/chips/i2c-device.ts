/** A chip on an I2C bus, at the level of bytes. */
export interface I2cDevice {
  /** The bytes of one write; false: not acknowledged. */
  write(bytes: Uint8Array): boolean;
  /** `count` bytes of one read; undefined: not acknowledged. */
  read(count: number): Uint8Array | undefined;
  /** It pulls SDA low, and the bus is dead for all that hang on it. */
  holdsSda?(): boolean;
  /** SCL went low and high again, outside of a transfer. */
  clockPulse?(): void;
}

/** The two wires, and the chips as they can be reached over them. */
export class I2cLines {
  /** By address. No chip answers while one of them holds SDA low. */
  readonly devices: ReadonlyMap<number, I2cDevice>;
  readonly #chips: readonly I2cDevice[];
  #sclHigh = true;

  constructor(chips: ReadonlyMap<number, I2cDevice>) {
    this.#chips = [...chips.values()];
    this.devices = new Map([...chips].map(([address, chip]) => [address, this.#wired(chip)]));
  }

  get sdaHigh(): boolean {
    return !this.#chips.some((chip) => chip.holdsSda?.());
  }

  /** The processor drives SCL as a plain pin. */
  setScl(high: boolean): void {
    const rises = high && !this.#sclHigh;
    this.#sclHigh = high;
    if (rises) for (const chip of this.#chips) chip.clockPulse?.();
  }

  #wired(chip: I2cDevice): I2cDevice {
    return {
      write: (bytes) => this.sdaHigh && chip.write(bytes),
      read: (count) => (this.sdaHigh ? chip.read(count) : undefined),
    };
  }
}
