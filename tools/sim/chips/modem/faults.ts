/**
 * Things that go wrong. All may be set and taken back at any time. A fault that happens once removes itself when it has
 * happened; the others last for as long as they are set.
 */
export interface Faults {
  // Power

  /** Once: the next boot ends in a lock-up: no byte comes out, PWRKEY does nothing; only cutting the supply cures it. */
  silentAfterBoot?: boolean | undefined;
  /** Until the supply is cut: PWRKEY does nothing, neither on nor off. */
  stuckUntilPowerCut?: boolean | undefined;
  /** Until the next power-on by PWRKEY: no byte comes out and none is heard; PWRKEY still works. */
  silent?: boolean | undefined;
  /** Bytes of noise at every boot (true) or at none (false). Unset: at every third boot, by seed. */
  noiseAtBoot?: boolean | undefined;
  /** No line says that the modem is going down. */
  powerDownSilent?: boolean | undefined;
  /**
   * Millivolts: a burst of data on GSM with the battery below this takes the supply down. The modem is as after a power
   * cut, and `ModemOptions.onBrownOut` is called. Needs `ModemOptions.batteryMillivolts`.
   */
  brownOutOnGsmBurst?: number | undefined;

  // AT port

  /** Seconds by which every answer is delayed. */
  slow?: number | undefined;
  /** Once: seconds by which the next answer is delayed, to come after the driver has given up on it. */
  lateAnswer?: number | undefined;
  /** Once: the modem restarts by itself in the middle of the n-th command from now, counted from 1. */
  rebootAtCommand?: number | undefined;
  /** Once: the echo switches itself on. */
  echoReturns?: boolean | undefined;
  /**
   * Once: `text` is put into what the modem sends, after exactly `at` bytes from the first one that it writes once this
   * is set: between lines, inside a line, or inside raw data. `text` goes out as it is, so it brings its own CR and LF.
   */
  urcAtByte?: { readonly at: number; readonly text: string } | undefined;

  // Network

  /** Every network refuses registration (stat 3), and is put on the SIM's list of forbidden networks. */
  denied?: boolean | undefined;
  /** No network is ever found (stat 2). */
  neverRegisters?: boolean | undefined;
  /** Every PDP context is refused, whatever its APN. */
  pdpRefused?: boolean | undefined;
  /** Once: the network ends the PDP context when it has been active for so many seconds. */
  pdpLostAfterS?: number | undefined;
  /**
   * '1980', '1970': the network tells no time, and the clock starts from there at power-on. 'local': the network tells
   * local time and calls it UTC.
   */
  clockSentinel?: '1980' | '1970' | 'local' | undefined;

  // Socket

  /** Once: the next send takes its bytes, loses them, and answers that it has failed. */
  casendErrorOnce?: boolean | undefined;
  /** Once: the modem restarts by itself when the next send has taken its bytes. */
  rebootDuringSend?: boolean | undefined;
  /** SIM7000, SIM7080: how CASEND ends: `OK`, or `+CASEND: 0,0,n` in its place. Unset: `OK`. */
  sendFinal?: 'bare-ok' | 'verbose' | undefined;
  /** The far side acknowledges nothing more: what is sent stays unacknowledged until the modem's buffer is full. */
  sendStuck?: boolean | undefined;
  /** A read gives half of what there is, at least one byte, and leaves the rest. */
  shortRead?: boolean | undefined;
  /**
   * A read of more bytes than there are, or a question for them without an open socket, freezes the modem until the
   * supply is cut. Unset: as the family has it (true on the SIM7000, false on the others).
   */
  overReadFreezes?: boolean | undefined;

  // GNSS

  /** It shows an old position with its old time and an empty fix flag, whatever the sky is like. */
  staleFix?: boolean | undefined;
  /** The fix flag stays empty, with a fix or without. */
  fixFlagEmpty?: boolean | undefined;
}

/** The value of a fault that happens once, which is thereby over. */
export function take<Name extends keyof Faults>(faults: Faults, name: Name): Faults[Name] {
  const value = faults[name];
  delete faults[name];
  return value;
}
