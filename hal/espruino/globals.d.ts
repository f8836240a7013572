/** Espruino's own globals, as far as hal/espruino uses them. Sources: espruino.com/Reference and the interpreter. */

interface EspruinoPin {
  write(value: boolean | number): void;
  read(): boolean;
  mode(mode: 'output' | 'input' | 'input_pullup'): void;
}

interface EspruinoSerial {
  setup(baud: number, options: { tx?: EspruinoPin; rx?: EspruinoPin; path?: string; flow?: 'xon' }): void;
  /** `data` delivers strings in which each character is one byte. */
  on(event: 'data', run: (text: string) => void): void;
  removeAllListeners(event: 'data'): void;
  write(data: string | Uint8Array): void;
  unsetup(): void;
}

interface EspruinoI2c {
  setup(options: { scl: EspruinoPin; sda: EspruinoPin; bitrate: number }): void;
  /** Throws when the device does not acknowledge. */
  writeTo(address: number, data: Uint8Array | readonly number[]): void;
  readFrom(address: number, count: number): Uint8Array;
}

interface EspruinoSpi {
  setup(options: {
    sck: EspruinoPin;
    miso: EspruinoPin;
    mosi: EspruinoPin;
    baud: number;
    mode: number;
  }): void;
  /** Lowers the pin, sends, raises it; as many bytes as were sent. */
  send(data: readonly number[], pin: EspruinoPin): Uint8Array;
}

interface EspruinoOneWire {
  /** False without a presence pulse. */
  reset(): boolean;
  write(data: readonly number[]): void;
  read(count: number): Uint8Array;
}

interface EspruinoFlash {
  read(length: number, address: number): Uint8Array;
  /** Clears bits only (NOR). Returns nothing: read back. */
  write(data: Uint8Array, address: number): void;
  erasePage(address: number): void;
}

interface EspruinoCrypto {
  SHA256(data: Uint8Array): ArrayBuffer;
}

/** Seconds since 1970 as the RTC has them; since power-on when nobody has set it. Fractional. */
declare function getTime(): number;
declare function print(text: string): void;
/** Base64 of bytes. */
declare function btoa(data: Uint8Array): string;
declare function Pin(index: number): EspruinoPin;
/** 0 to 1 of the ADC's full scale. */
declare function analogRead(pin: EspruinoPin): number;

declare const Serial1: EspruinoSerial;
declare const Serial2: EspruinoSerial;
declare const I2C1: EspruinoI2c;
declare const SPI1: EspruinoSpi;
declare const OneWire: { new (pin: EspruinoPin): EspruinoOneWire };
declare const ESP32: {
  /** Microseconds, at most 2147 s; all RAM is lost. Does not return on a board. */
  deepSleep(us: number): void;
  /** esp_sleep_wakeup_cause_t: 0 not from deep sleep, 4 timer. */
  getWakeupCause(): number;
};
declare const E: {
  /** CRC-32 of IEEE 802.3. */
  CRC32(data: Uint8Array | string): number;
  /** The port of the interpreter's own console; null: none, and so nobody can run anything. */
  setConsole(port: EspruinoSerial | null): void;
  sum(data: Uint8Array): number;
  enableWatchdog(seconds: number, automatic: boolean): void;
  kickWatchdog(): void;
  toString(data: Uint8Array): string;
  srand(seed: number): void;
  reboot(): void;
  on(event: 'errorFlag', run: (flags: string[]) => void): void;
};
