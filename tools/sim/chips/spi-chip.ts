/** A chip on an SPI bus, at the level of bytes. */
export interface SpiChip {
  /** One turn of the select line: what comes back while `bytes` go out, one for one. */
  transfer(bytes: Uint8Array): Uint8Array;
}
