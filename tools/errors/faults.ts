/**
 * What the device's fault codes (hal/faults.ts) mean and what to do about them. FAULT, SESSION and NOFIX records carry
 * the numbers; the device has no room for the words. docs/errors.md is generated from here.
 */
import * as codes from '../../hal/faults.ts';

export interface FaultText {
  /** Like a host error's: the part of the tracker, then what happened. Never used again for something else. */
  readonly id: string;
  readonly sentence: string;
  readonly remedy: string;
}

export interface DeviceFault extends FaultText {
  readonly code: number;
}

type CodeName = Exclude<keyof typeof codes, 'OK'>;

const texts: Readonly<Record<CodeName, FaultText>> = {
  JOURNAL_TORN: {
    id: 'journal.torn',
    sentence:
      'A power cut interrupted a write to the journal; the detail is the number of bytes that were passed over.',
    remedy:
      'Nothing: at most the record being written is gone. If it comes often, look for a loose battery or supply lead.',
  },
  JOURNAL_VERIFY: {
    id: 'journal.verify',
    sentence:
      'Flash did not hold what was written or erased; the detail is the number of blocks and pages that were given up.',
    remedy:
      'One is harmless, the record was written again elsewhere. If the number grows, the chip is worn: replace it.',
  },
  JOURNAL_FOREIGN: {
    id: 'journal.foreign',
    sentence:
      'Some pages of the journal were written by a later version of the firmware; the detail is how many there are.',
    remedy:
      'Install that later version again to read them. They are overwritten only when no other page is free.',
  },
  JOURNAL_RANGE: {
    id: 'journal.range',
    sentence:
      'A record was not written, as one of its values is no whole number of 32 bits; the detail is the kind of the record.',
    remedy: 'This is a defect of the firmware or of a driver: report it with the log of the device.',
  },
  CONFIG_MISSING: {
    id: 'config.missing',
    sentence: 'There is no configuration in flash; the defaults hold, and nothing is sent.',
    remedy: 'Provision the tracker. docs/config.md lists what is needed.',
  },
  CONFIG_DAMAGED: {
    id: 'config.damaged',
    sentence:
      'A copy of the configuration does not verify. The other copy holds if there is a good one, else the defaults.',
    remedy: 'Provision the tracker again, which writes a good copy over the damaged one.',
  },
  CONFIG_UNWRITABLE: {
    id: 'config.unwritable',
    sentence:
      'Flash did not take the new configuration: it does not hold what was written or erased. What was in force still is.',
    remedy:
      'Try once more. If it fails again, that page of the chip is worn: replace the tracker before its next journey.',
  },
  CONFIG_REFUSED: {
    id: 'config.refused',
    sentence:
      'A value of the new configuration is out of its range, or a text is too long; nothing was written.',
    remedy: 'Correct the value and try again. docs/config.md lists the range of each key.',
  },
  SENSOR_FAILED: {
    id: 'sensor.failed',
    sentence:
      'A sensor gave no value; the detail is 0 for supply air, 1 for return air, 2 for ambient air, 3 to 6 for the cargo probes.',
    remedy: "The reading itself carries the reason. Check the probe's plug and cable; replace the probe.",
  },
  SENSOR_DOUBTED: {
    id: 'sensor.doubted',
    sentence:
      'A probe gave a value that it can hardly have measured; the value is kept. The detail is 16 times its place (1 supply, 2 return, 3 ambient, 4 to 7 cargo), plus 1 beyond its range, 2 changed too fast, 3 has not moved for long while others did, 4 supply and return air contradict each other.',
    remedy:
      'Compare the probe with another thermometer; check its cable, and whether it hangs where its role says.',
  },
  INTERVAL_REFUSED: {
    id: 'sense.interval-refused',
    sentence:
      "The configured interval (the detail, in seconds) is longer than EN 12830's table allows for a trip of this length; the table's holds.",
    remedy:
      'Set an interval of at most 5 minutes below a day, 15 minutes up to a week, 60 minutes above; or correct the planned hours.',
  },
  RULES_DAMAGED: {
    id: 'cargo.rules-damaged',
    sentence:
      'The rules for the cargo in the configuration (the detail is their length in bytes) are none that this firmware understands; the limits of the configuration hold in their place, where it has any.',
    remedy:
      'Provision the rules again from a cargo profile; docs/cargo.md says what a tracker takes. A later profile may need later firmware.',
  },
  GNSS_NO_FIX: {
    id: 'gnss.no-fix',
    sentence: 'No position was found in the time allowed.',
    remedy:
      'Nothing under a roof, in a tunnel or in a stack. If it never finds one, check the GNSS antenna and its lead.',
  },
  GNSS_BUSY: {
    id: 'gnss.busy',
    sentence: 'The receiver could not start because the radio was in use.',
    remedy:
      'Nothing: the next attempt comes by itself. If it repeats, report it, as the firmware keeps the two apart.',
  },
  GNSS_SILENT: {
    id: 'gnss.silent',
    sentence: 'The receiver did not answer.',
    remedy:
      'Its supply is cycled before the next attempt. If it repeats, treat it as modem.silent where the modem is the receiver.',
  },
  GNSS_IMPLAUSIBLE: {
    id: 'gnss.implausible',
    sentence: 'The receiver gave a position outside 0 to 65 N and 15 W to 140 E, which was not recorded.',
    remedy:
      'Nothing for a single one. If it repeats under open sky, look for a GNSS jammer or a damaged antenna.',
  },
  MODEM_SUPPLY: {
    id: 'modem.supply',
    sentence: "The modem's supply could not be switched: the power management chip did not answer.",
    remedy: 'Check that the firmware is the one for this board, and that nothing else holds the I2C bus.',
  },
  MODEM_SILENT: {
    id: 'modem.silent',
    sentence: 'The modem did not answer after its supply was switched off and on.',
    remedy:
      'Check the battery: a weak one lets the modem fail at its first transmission. Else replace the board.',
  },
  MODEM_REFUSED: {
    id: 'modem.refused',
    sentence: 'The modem refused a command that it should know, or was in use.',
    remedy:
      "If it repeats, report it with the modem's own firmware version: they differ in what they accept.",
  },
  SIM_MISSING: {
    id: 'sim.missing',
    sentence: 'The modem finds no SIM, or cannot read it.',
    remedy: 'Insert the SIM the right way round, clean its contacts, and try it in a telephone.',
  },
  NO_NETWORK: {
    id: 'network.none',
    sentence: 'No network took the SIM in the time allowed.',
    remedy:
      'Nothing in a dead zone: readings wait in flash. Where others have coverage, check the antenna and the roaming contract.',
  },
  NO_DATA_CONTEXT: {
    id: 'network.no-data',
    sentence: 'The network took the SIM but gave no data connection.',
    remedy: 'Check the APN in the configuration, and that the contract allows data in this country.',
  },
  TLS_NO_CA: {
    id: 'tls.no-ca',
    sentence: 'There is no CA certificate in the configuration, so the tracker does not connect.',
    remedy:
      'Put the CA certificate of the broker into the configuration. Without one the modem would trust anyone.',
  },
  TLS_SETUP: {
    id: 'tls.setup',
    sentence: 'The modem did not accept the TLS settings or the CA certificate.',
    remedy:
      'Check that the CA certificate in the configuration is one certificate in PEM form, whole and unchanged.',
  },
  HOST_UNREACHABLE: {
    id: 'host.unreachable',
    sentence:
      'The broker could not be reached: no answer, refused, or a certificate that the CA did not sign.',
    remedy:
      'Check the host, the port and the CA in the configuration, the broker, and the firewall in front of it. Modems do not tell these apart.',
  },
  TLS_REJECTED: {
    id: 'tls.rejected',
    sentence:
      "The modem does not accept the broker's certificate: the CA in the configuration did not sign it.",
    remedy:
      'Check the certificate on the broker and the CA in the configuration. Do not work around it: it may be another server.',
  },
  STREAM_CLOSED: {
    id: 'stream.closed',
    sentence: 'The connection ended before the session was over.',
    remedy:
      "Nothing for a single one: what was not acknowledged is sent again. If it repeats, read the broker's log.",
  },
  STREAM_STALLED: {
    id: 'stream.stalled',
    sentence: 'The connection took no more bytes, or did not come about in time.',
    remedy: 'Nothing for a single one: the coverage was poor. The next session sends it again.',
  },
  RECOVERY_SOCKET: {
    id: 'recovery.socket',
    sentence: 'The connection was opened anew; the detail is the fault that made it necessary.',
    remedy: 'Nothing for a single one.',
  },
  RECOVERY_PDP: {
    id: 'recovery.pdp',
    sentence:
      'The data connection was taken down and up again; the detail is the fault that made it necessary.',
    remedy: 'Nothing for a single one. If it repeats in one country, ask the provider of the SIM.',
  },
  RECOVERY_RADIO: {
    id: 'recovery.radio',
    sentence: "The modem's radio was switched off and on; the detail is the fault that made it necessary.",
    remedy: 'Nothing for a single one.',
  },
  RECOVERY_PWRKEY: {
    id: 'recovery.pwrkey',
    sentence: 'The modem was switched off and on by its key; the detail is the fault that made it necessary.',
    remedy: "Nothing for a single one. If it repeats, compare the modem's firmware with docs/radio.md.",
  },
  RECOVERY_RAIL: {
    id: 'recovery.rail',
    sentence: "The modem's supply was cut and restored; the detail is the fault that made it necessary.",
    remedy: 'Nothing for a single one. If every session needs it, replace the modem or the board.',
  },
  MQTT_REFUSED: {
    id: 'mqtt.refused',
    sentence: 'The broker refused the connection.',
    remedy: 'Allow this device id in the rights of the broker.',
  },
  MQTT_SILENT: {
    id: 'mqtt.silent',
    sentence: 'The broker did not answer in time.',
    remedy: 'Nothing for a single one. If it repeats, check that an MQTT 3.1.1 broker listens on that port.',
  },
  MQTT_MALFORMED: {
    id: 'mqtt.malformed',
    sentence: 'Something came over the connection that no broker or collector sends.',
    remedy:
      'Check what listens on the configured port, and who else may publish on the topic coldrail/v1/<device>/ack.',
  },
  COLLECTOR_SILENT: {
    id: 'collector.silent',
    sentence: 'The broker took the readings, but the collector did not say that it holds them.',
    remedy: 'Start the collector, or read its log. The readings stay in flash and are sent again.',
  },
  SESSION_TOO_LONG: {
    id: 'session.too-long',
    sentence: 'The session was ended because it took too long.',
    remedy: 'Nothing for a single one: the next session goes on from the last acknowledgement.',
  },
  UPLINK_HELD_BACK: {
    id: 'uplink.held-back',
    sentence: "A session was due and was not begun: the day's allowance of searching or of bytes is used up.",
    remedy: 'Nothing: readings wait in flash until the day is over.',
  },
  BATTERY_LOW: {
    id: 'battery.low',
    sentence: 'A session was due and was not begun: the battery is too low for the radio.',
    remedy: 'Charge or replace the battery. Readings go on, and wait in flash.',
  },
  SIM_PIN_NEEDED: {
    id: 'sim.pin-needed',
    sentence: 'The SIM asks for a PIN, and there is none in the configuration.',
    remedy: 'Put the PIN into the configuration, or switch it off in a telephone.',
  },
  SIM_PIN_WRONG: {
    id: 'sim.pin-wrong',
    sentence:
      'The SIM did not take the PIN in the configuration. It is not tried again: a third time would lock the SIM.',
    remedy: 'Correct the PIN in the configuration, or switch it off in a telephone.',
  },
  SIM_PUK: {
    id: 'sim.puk',
    sentence: 'The SIM is locked after wrong PINs, and asks for its PUK.',
    remedy: 'Unlock the SIM in a telephone with the PUK from its provider.',
  },
  SIM_CHANGED: {
    id: 'sim.changed',
    sentence: 'There is another SIM in the tracker than in the session before; the detail tells SIMs apart.',
    remedy: 'Nothing if you changed it. Otherwise look for who did: the seal of the box may be broken too.',
  },
  REGISTRATION_DENIED: {
    id: 'network.denied',
    sentence: 'Networks are there, and each of them refused the SIM.',
    remedy: 'Ask the provider of the SIM whether it is active and may roam in this country.',
  },
  APN_REFUSED: {
    id: 'network.apn-refused',
    sentence: 'The network does not know the APN, or the contract does not allow it.',
    remedy: 'Check the APN in the configuration against the paper that came with the SIM.',
  },
  HOST_UNKNOWN: {
    id: 'host.unknown',
    sentence: "The broker's host name does not resolve to an address.",
    remedy: 'Check the host name in the configuration for a spelling mistake, and the DNS entry.',
  },
  TLS_WRONG_NAME: {
    id: 'tls.wrong-name',
    sentence: "The broker's certificate is for another host name than the one in the configuration.",
    remedy:
      'Use the host name that the certificate names, or get a certificate for this one. It may also be another server.',
  },
  TLS_EXPIRED: {
    id: 'tls.expired',
    sentence: "The broker's certificate is not valid at this date.",
    remedy: 'Renew the certificate on the broker. Readings wait in flash until then.',
  },
  CLOCK_UNKNOWN: {
    id: 'tls.no-clock',
    sentence: 'Nobody has told the modem the date, so it cannot check a certificate.',
    remedy: 'Nothing for a single one: the network tells it late. A fix from the satellites sets it as well.',
  },
  CA_TOO_LARGE: {
    id: 'tls.ca-too-large',
    sentence: 'The CA certificate is longer than what the modem can hold.',
    remedy:
      'Put one root certificate into the configuration, no chain; an elliptic-curve one has about 800 characters.',
  },
  MODEM_FIRMWARE: {
    id: 'modem.firmware',
    sentence: "The modem's own firmware is known not to work with TLS.",
    remedy: "Update the modem's firmware; docs/radio.md lists the versions.",
  },
  MODEM_RESTARTED: {
    id: 'modem.restarted',
    sentence: 'The modem restarted in the middle of a session.',
    remedy: 'Nothing for a single one. If it repeats, the battery or the supply is too weak for its bursts.',
  },
  DOWNLINK_TOO_LARGE: {
    id: 'downlink.too-large',
    sentence: 'A message to the tracker was longer than it can take, and was not taken.',
    remedy: 'Find out who publishes on the topic coldrail/v1/<device>/ack besides the collector.',
  },
  SESSION_BEGUN: {
    id: 'session.begun',
    sentence: 'A radio session began; its outcome stands in the next SESSION record.',
    remedy:
      'Nothing, where that one follows. Where a POWER_ON follows instead, the tracker restarted within the session: measure the supply while the modem sends.',
  },
  PROGRAM_ERROR: {
    id: 'program.error',
    sentence: 'The firmware stopped on an error of its own; the tracker slept and started again.',
    remedy: 'This is a defect of the firmware: report it with the line on the console and the flash image.',
  },
  SAFE_MODE: {
    id: 'program.safe-mode',
    sentence:
      'So many starts in a row (the detail) did not get as far as a reading and the sleep behind it; the tracker takes readings and does nothing else until one has gone well.',
    remedy:
      'Look at the faults before it and at the supply. If it comes back, flash the firmware again and report it with the flash image.',
  },
};

const numbers: Readonly<Record<CodeName, number>> = codes;

/** Every fault that a device can report, by code. 0 is none. */
export const faults: readonly DeviceFault[] = (Object.entries(texts) as [CodeName, FaultText][])
  .map(([name, text]) => ({ ...text, code: numbers[name] }))
  .sort((a, b) => a.code - b.code);
