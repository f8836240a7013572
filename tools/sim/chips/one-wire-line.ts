/** A chip on a 1-Wire line, at the level of bytes. */
export interface OneWireChip {
  /** A reset pulse; true: it answers with a presence pulse. */
  reset(): boolean;
  write(byte: number): void;
  /** The bits that the chip leaves high in eight read slots: all of them when it has nothing to say. */
  read(): number;
}

/** The wire: low as soon as one of those on it pulls it low. */
export class OneWireLine {
  readonly #chips: readonly OneWireChip[];

  constructor(chips: readonly OneWireChip[]) {
    this.#chips = chips;
  }

  reset(): boolean {
    return this.#chips.map((chip) => chip.reset()).includes(true);
  }

  write(bytes: Uint8Array): void {
    for (const byte of bytes) for (const chip of this.#chips) chip.write(byte);
  }

  read(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () =>
      this.#chips.reduce((low, chip) => low & chip.read(), 0xff),
    );
  }
}
