/**
 * The serial line to a modem.
 *
 * Contract:
 * - Bytes travel as strings in which each character is one byte (0..255), in chunks of any size.
 * - `open` may be called again after `close`; bytes that arrive while closed are lost.
 * - `write` takes any length and returns at once.
 * - On ESP32 a burst of more than 512 bytes may lose its end: ask the modem for no more at a time.
 */
export interface ModemUart {
  open(onBytes: (bytes: string) => void): void;
  write(data: string | Uint8Array): void;
  close(): void;
}
