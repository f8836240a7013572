/** A chip on an I2C bus, at the level of bytes. */
export interface I2cDevice {
  /** The bytes of one write; false: not acknowledged. */
  write(bytes: Uint8Array): boolean;
  /** `count` bytes of one read; undefined: not acknowledged. */
  read(count: number): Uint8Array | undefined;
}
