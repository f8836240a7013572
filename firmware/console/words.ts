/**
 * What the fault codes (hal/faults.ts) mean and what to do about them, in words. The one catalogue of what can go wrong on
 * the device: the console, the tools and docs/errors.md have it from here. A switch, as a table of all would take half of
 * the memory.
 */
import {
  APN_REFUSED,
  ARGUMENT_REFUSED,
  BATTERY_LOW,
  CA_MISSING,
  CA_TOO_LARGE,
  CHECK_DIGIT,
  CLOCK_UNKNOWN,
  COLLECTOR_SILENT,
  COMMAND_STOPPED,
  CONFIG_DAMAGED,
  CONFIG_MISSING,
  CONFIG_REFUSED,
  CONFIG_UNWRITABLE,
  CONSOLE_BUSY,
  CONSOLE_LOCKED,
  DOWNLINK_TOO_LARGE,
  GNSS_BUSY,
  GNSS_IMPLAUSIBLE,
  GNSS_NO_FIX,
  GNSS_SILENT,
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  INTERVAL_REFUSED,
  JOURNAL_FOREIGN,
  JOURNAL_RANGE,
  JOURNAL_TORN,
  JOURNAL_VERIFY,
  LIMITS_CROSSED,
  LINE_DAMAGED,
  LINE_TOO_LONG,
  MODEM_FIRMWARE,
  MODEM_REFUSED,
  MODEM_RESTARTED,
  MODEM_SILENT,
  MODEM_SUPPLY,
  MQTT_MALFORMED,
  MQTT_REFUSED,
  MQTT_SILENT,
  NO_DATA_CONTEXT,
  NO_NETWORK,
  NO_TRIP,
  NOT_CONFIRMED,
  NOT_PROVISIONED,
  NOT_READ_BACK,
  PIN_TOO_SOON,
  PIN_WRONG,
  PROGRAM_ERROR,
  RECOVERY_PDP,
  RECOVERY_PWRKEY,
  RECOVERY_RADIO,
  RECOVERY_RAIL,
  RECOVERY_SOCKET,
  REGISTRATION_DENIED,
  RESTART_FIRST,
  RULES_DAMAGED,
  SAFE_MODE,
  SENSOR_DOUBTED,
  SENSOR_FAILED,
  SESSION_BEGUN,
  SESSION_TOO_LONG,
  SET_POINT_OUTSIDE,
  SIM_CHANGED,
  SIM_MISSING,
  SIM_PIN_NEEDED,
  SIM_PIN_WRONG,
  SIM_PUK,
  STREAM_CLOSED,
  STREAM_STALLED,
  TLS_EXPIRED,
  TLS_NO_CA,
  TLS_REJECTED,
  TLS_SETUP,
  TLS_WRONG_NAME,
  TRIP_UNDER_WAY,
  UNKNOWN_COMMAND,
  UNKNOWN_KEY,
  UPLINK_HELD_BACK,
  VALUE_REFUSED,
} from '../../hal/faults.ts';

/** An id that stays (the part of the tracker, then what happened), a sentence, a remedy; undefined for no fault. */
export function wordsOf(code: number): readonly [string, string, string] | undefined {
  switch (code) {
    case APN_REFUSED:
      return [
        'network.apn-refused',
        'The network does not know the APN, or the contract does not allow it.',
        'Check the APN in the configuration against the paper that came with the SIM.',
      ];
    case ARGUMENT_REFUSED:
      return [
        'console.argument-refused',
        'An argument is missing, or not one that the command takes.',
        'Type help and the name of the command.',
      ];
    case BATTERY_LOW:
      return [
        'battery.low',
        'A session was due and was not begun: the battery is too low for the radio.',
        'Charge or replace the battery. Readings go on, and wait in flash.',
      ];
    case CA_MISSING:
      return [
        'config.ca-missing',
        'A broker is configured, and no CA certificate: the tracker would not connect to it.',
        'Set caPem to the certificate of the authority that signed the one of the broker.',
      ];
    case CA_TOO_LARGE:
      return [
        'tls.ca-too-large',
        'The CA certificate is longer than what the modem can hold.',
        'Put one root certificate into the configuration, no chain; an elliptic-curve one has about 800 characters.',
      ];
    case CHECK_DIGIT:
      return [
        'config.check-digit',
        'The check digit does not fit the number.',
        'Read the number off the box, the wagon or the paper again; one character or more is wrong.',
      ];
    case CLOCK_UNKNOWN:
      return [
        'tls.no-clock',
        'Nobody has told the modem the date, so it cannot check a certificate.',
        'Nothing for a single one: the network tells it late. A fix from the satellites sets it as well.',
      ];
    case COLLECTOR_SILENT:
      return [
        'collector.silent',
        'The broker took the readings, but the collector did not say that it holds them.',
        'Start the collector, or read its log. The readings stay in flash and are sent again.',
      ];
    case COMMAND_STOPPED:
      return ['console.stopped', 'The command was stopped.', 'Nothing: what it had done up to then stays.'];
    case CONFIG_DAMAGED:
      return [
        'config.damaged',
        'A copy of the configuration does not verify. The other copy holds if there is a good one, else the defaults.',
        'Provision the tracker again, which writes a good copy over the damaged one.',
      ];
    case CONFIG_MISSING:
      return [
        'config.missing',
        'There is no configuration in flash; the defaults hold, and nothing is sent.',
        'Provision the tracker. docs/config.md lists what is needed.',
      ];
    case CONFIG_REFUSED:
      return [
        'config.refused',
        'A value of the new configuration is out of its range, or a text is too long; nothing was written.',
        'Correct the value and try again. docs/config.md lists the range of each key.',
      ];
    case CONFIG_UNWRITABLE:
      return [
        'config.unwritable',
        'Flash did not take the new configuration: it does not hold what was written or erased. What was in force still is.',
        'Try once more. If it fails again, that page of the chip is worn: replace the tracker before its next journey.',
      ];
    case CONSOLE_BUSY:
      return ['console.busy', 'A command is under way.', 'Wait for its end, or stop it with Ctrl-C.'];
    case CONSOLE_LOCKED:
      return [
        'console.locked',
        'This changes something, and the console is locked.',
        'Type unlock and the PIN.',
      ];
    case DOWNLINK_TOO_LARGE:
      return [
        'downlink.too-large',
        'A message to the tracker was longer than it can take, and was not taken.',
        'Find out who publishes on the topic coldrail/v1/<device>/ack besides the collector.',
      ];
    case GNSS_BUSY:
      return [
        'gnss.busy',
        'The receiver could not start because the radio was in use.',
        'Nothing: the next attempt comes by itself. If it repeats, report it, as the firmware keeps the two apart.',
      ];
    case GNSS_IMPLAUSIBLE:
      return [
        'gnss.implausible',
        'The receiver gave a position outside 0 to 65 N and 15 W to 140 E, which was not recorded.',
        'Nothing for a single one. If it repeats under open sky, look for a GNSS jammer or a damaged antenna.',
      ];
    case GNSS_NO_FIX:
      return [
        'gnss.no-fix',
        'No position was found in the time allowed.',
        'Nothing under a roof, in a tunnel or in a stack. If it never finds one, check the GNSS antenna and its lead.',
      ];
    case GNSS_SILENT:
      return [
        'gnss.silent',
        'The receiver did not answer.',
        'Its supply is cycled before the next attempt. If it repeats, treat it as modem.silent where the modem is the receiver.',
      ];
    case HOST_UNKNOWN:
      return [
        'host.unknown',
        "The broker's host name does not resolve to an address.",
        'Check the host name in the configuration for a spelling mistake, and the DNS entry.',
      ];
    case HOST_UNREACHABLE:
      return [
        'host.unreachable',
        'The broker could not be reached: no answer, refused, or a certificate that the CA did not sign.',
        'Check the host, the port and the CA in the configuration, the broker, and the firewall in front of it. Modems do not tell these apart.',
      ];
    case INTERVAL_REFUSED:
      return [
        'sense.interval-refused',
        "The configured interval (the detail, in seconds) is longer than EN 12830's table allows for a trip of this length; the table's holds.",
        'Set an interval of at most 5 minutes below a day, 15 minutes up to a week, 60 minutes above; or correct the planned hours.',
      ];
    case JOURNAL_FOREIGN:
      return [
        'journal.foreign',
        'Some pages of the journal were written by a later version of the firmware; the detail is how many there are.',
        'Install that later version again to read them. They are overwritten only when no other page is free.',
      ];
    case JOURNAL_RANGE:
      return [
        'journal.range',
        'A record was not written, as one of its values is no whole number of 32 bits; the detail is the kind of the record.',
        'This is a defect of the firmware or of a driver: report it with the log of the device.',
      ];
    case JOURNAL_TORN:
      return [
        'journal.torn',
        'A power cut interrupted a write to the journal; the detail is the number of bytes that were passed over.',
        'Nothing: at most the record being written is gone. If it comes often, look for a loose battery or supply lead.',
      ];
    case JOURNAL_VERIFY:
      return [
        'journal.verify',
        'Flash did not hold what was written or erased; the detail is the number of blocks and pages that were given up.',
        'One is harmless, the record was written again elsewhere. If the number grows, the chip is worn: replace it.',
      ];
    case LIMITS_CROSSED:
      return [
        'config.limits-crossed',
        'The cold limit is not below the warm limit.',
        'Set coldLimitMilliC below warmLimitMilliC, or one of them to none.',
      ];
    case LINE_DAMAGED:
      return [
        'console.line-damaged',
        'The line of a program does not verify, and was not looked at.',
        'Nothing: the program sends it again. If it comes often, change the cable.',
      ];
    case LINE_TOO_LONG:
      return [
        'console.line-too-long',
        'The line is too long, and was not looked at.',
        'Type less than 200 characters. Long texts go in through coldrail config apply.',
      ];
    case MODEM_FIRMWARE:
      return [
        'modem.firmware',
        "The modem's own firmware is known not to work with TLS.",
        "Update the modem's firmware; docs/radio.md lists the versions.",
      ];
    case MODEM_REFUSED:
      return [
        'modem.refused',
        'The modem refused a command that it should know, or was in use.',
        "If it repeats, report it with the modem's own firmware version: they differ in what they accept.",
      ];
    case MODEM_RESTARTED:
      return [
        'modem.restarted',
        'The modem restarted in the middle of a session.',
        'Nothing for a single one. If it repeats, the battery or the supply is too weak for its bursts.',
      ];
    case MODEM_SILENT:
      return [
        'modem.silent',
        'The modem did not answer after its supply was switched off and on.',
        'Check the battery: a weak one lets the modem fail at its first transmission. Else replace the board.',
      ];
    case MODEM_SUPPLY:
      return [
        'modem.supply',
        "The modem's supply could not be switched: the power management chip did not answer.",
        'Check that the firmware is the one for this board, and that nothing else holds the I2C bus.',
      ];
    case MQTT_MALFORMED:
      return [
        'mqtt.malformed',
        'Something came over the connection that no broker or collector sends.',
        'Check what listens on the configured port, and who else may publish on the topic coldrail/v1/<device>/ack.',
      ];
    case MQTT_REFUSED:
      return [
        'mqtt.refused',
        'The broker refused the connection.',
        'Allow this device id in the rights of the broker.',
      ];
    case MQTT_SILENT:
      return [
        'mqtt.silent',
        'The broker did not answer in time.',
        'Nothing for a single one. If it repeats, check that an MQTT 3.1.1 broker listens on that port.',
      ];
    case NOT_CONFIRMED:
      return [
        'console.not-confirmed',
        'This cannot be undone, and was not confirmed.',
        'Type the command again with ERASE behind it.',
      ];
    case NOT_PROVISIONED:
      return [
        'trip.not-provisioned',
        'The tracker has no name, so nothing that it sends could be told from another one.',
        'Set deviceId and save, or run coldrail provision.',
      ];
    case NOT_READ_BACK:
      return [
        'config.not-verified',
        'The configuration was written and does not read back as it was; what was in force may still be.',
        'Save again. If it stays so, the flash is worn: replace the board.',
      ];
    case NO_DATA_CONTEXT:
      return [
        'network.no-data',
        'The network took the SIM but gave no data connection.',
        'Check the APN in the configuration, and that the contract allows data in this country.',
      ];
    case NO_NETWORK:
      return [
        'network.none',
        'No network took the SIM in the time allowed.',
        'Nothing in a dead zone: readings wait in flash. Where others have coverage, check the antenna and the roaming contract.',
      ];
    case NO_TRIP:
      return ['trip.none', 'No trip is under way.', 'Begin one with trip start.'];
    case PIN_TOO_SOON:
      return [
        'console.pin-too-soon',
        'Too many PINs were wrong: the next is looked at only after a pause.',
        'Wait as long as it says. A restart does not shorten the pause, it begins anew.',
      ];
    case PIN_WRONG:
      return [
        'console.pin-wrong',
        'The PIN is wrong; the detail of a record is the number of wrong ones in a row.',
        'Try again with the right one: from the third on, each costs a longer pause.',
      ];
    case PROGRAM_ERROR:
      return [
        'program.error',
        'The firmware stopped on an error of its own; the tracker slept and started again.',
        'This is a defect of the firmware: report it with the line on the console and the flash image.',
      ];
    case RECOVERY_PDP:
      return [
        'recovery.pdp',
        'The data connection was taken down and up again; the detail is the fault that made it necessary.',
        'Nothing for a single one. If it repeats in one country, ask the provider of the SIM.',
      ];
    case RECOVERY_PWRKEY:
      return [
        'recovery.pwrkey',
        'The modem was switched off and on by its key; the detail is the fault that made it necessary.',
        "Nothing for a single one. If it repeats, compare the modem's firmware with docs/radio.md.",
      ];
    case RECOVERY_RADIO:
      return [
        'recovery.radio',
        "The modem's radio was switched off and on; the detail is the fault that made it necessary.",
        'Nothing for a single one.',
      ];
    case RECOVERY_RAIL:
      return [
        'recovery.rail',
        "The modem's supply was cut and restored; the detail is the fault that made it necessary.",
        'Nothing for a single one. If every session needs it, replace the modem or the board.',
      ];
    case RECOVERY_SOCKET:
      return [
        'recovery.socket',
        'The connection was opened anew; the detail is the fault that made it necessary.',
        'Nothing for a single one.',
      ];
    case REGISTRATION_DENIED:
      return [
        'network.denied',
        'Networks are there, and each of them refused the SIM.',
        'Ask the provider of the SIM whether it is active and may roam in this country.',
      ];
    case RULES_DAMAGED:
      return [
        'cargo.rules-damaged',
        'The rules for the cargo in the configuration (the detail is their length in bytes) are none that this firmware understands; the limits of the configuration hold in their place, where it has any.',
        'Provision the rules again from a cargo profile; docs/cargo.md says what a tracker takes. A later profile may need later firmware.',
      ];
    case SAFE_MODE:
      return [
        'program.safe-mode',
        'So many starts in a row (the detail) did not get as far as a reading and the sleep behind it; the tracker takes readings and does nothing else until one has gone well.',
        'Look at the faults before it and at the supply. If it comes back, flash the firmware again and report it with the flash image.',
      ];
    case SENSOR_DOUBTED:
      return [
        'sensor.doubted',
        'A probe gave a value that it can hardly have measured; the value is kept. The detail is 16 times its place (1 supply, 2 return, 3 ambient, 4 to 7 cargo), plus 1 beyond its range, 2 changed too fast, 3 has not moved for long while others did, 4 supply and return air contradict each other.',
        'Compare the probe with another thermometer; check its cable, and whether it hangs where its role says.',
      ];
    case SENSOR_FAILED:
      return [
        'sensor.failed',
        'A sensor gave no value; the detail is 0 for supply air, 1 for return air, 2 for ambient air, 3 to 6 for the cargo probes.',
        "The reading itself carries the reason. Check the probe's plug and cable; replace the probe.",
      ];
    case SESSION_BEGUN:
      return [
        'session.begun',
        'A radio session began; its outcome stands in the next SESSION record.',
        'Nothing, where that one follows. Where a POWER_ON follows instead, the tracker restarted within the session: measure the supply while the modem sends.',
      ];
    case SESSION_TOO_LONG:
      return [
        'session.too-long',
        'The session was ended because it took too long.',
        'Nothing for a single one: the next session goes on from the last acknowledgement.',
      ];
    case SET_POINT_OUTSIDE:
      return [
        'config.set-point-outside',
        'The set point does not lie between the limits.',
        'Correct the set point or the limit: cargo at its set point would raise an alarm.',
      ];
    case SIM_CHANGED:
      return [
        'sim.changed',
        'There is another SIM in the tracker than in the session before; the detail tells SIMs apart.',
        'Nothing if you changed it. Otherwise look for who did: the seal of the box may be broken too.',
      ];
    case SIM_MISSING:
      return [
        'sim.missing',
        'The modem finds no SIM, or cannot read it.',
        'Insert the SIM the right way round, clean its contacts, and try it in a telephone.',
      ];
    case SIM_PIN_NEEDED:
      return [
        'sim.pin-needed',
        'The SIM asks for a PIN, and there is none in the configuration.',
        'Put the PIN into the configuration, or switch it off in a telephone.',
      ];
    case SIM_PIN_WRONG:
      return [
        'sim.pin-wrong',
        'The SIM did not take the PIN in the configuration. It is not tried again: a third time would lock the SIM.',
        'Correct the PIN in the configuration, or switch it off in a telephone.',
      ];
    case SIM_PUK:
      return [
        'sim.puk',
        'The SIM is locked after wrong PINs, and asks for its PUK.',
        'Unlock the SIM in a telephone with the PUK from its provider.',
      ];
    case STREAM_CLOSED:
      return [
        'stream.closed',
        'The connection ended before the session was over.',
        "Nothing for a single one: what was not acknowledged is sent again. If it repeats, read the broker's log.",
      ];
    case STREAM_STALLED:
      return [
        'stream.stalled',
        'The connection took no more bytes, or did not come about in time.',
        'Nothing for a single one: the coverage was poor. The next session sends it again.',
      ];
    case TLS_EXPIRED:
      return [
        'tls.expired',
        "The broker's certificate is not valid at this date.",
        'Renew the certificate on the broker. Readings wait in flash until then.',
      ];
    case TLS_NO_CA:
      return [
        'tls.no-ca',
        'There is no CA certificate in the configuration, so the tracker does not connect.',
        'Put the CA certificate of the broker into the configuration. Without one the modem would trust anyone.',
      ];
    case TLS_REJECTED:
      return [
        'tls.rejected',
        "The modem does not accept the broker's certificate: the CA in the configuration did not sign it.",
        'Check the certificate on the broker and the CA in the configuration. Do not work around it: it may be another server.',
      ];
    case TLS_SETUP:
      return [
        'tls.setup',
        'The modem did not accept the TLS settings or the CA certificate.',
        'Check that the CA certificate in the configuration is one certificate in PEM form, whole and unchanged.',
      ];
    case TLS_WRONG_NAME:
      return [
        'tls.wrong-name',
        "The broker's certificate is for another host name than the one in the configuration.",
        'Use the host name that the certificate names, or get a certificate for this one. It may also be another server.',
      ];
    case TRIP_UNDER_WAY:
      return ['trip.under-way', 'A trip is under way.', 'End it with trip stop first.'];
    case UNKNOWN_COMMAND:
      return ['console.unknown-command', 'There is no such command.', 'Type help to see what there is.'];
    case UNKNOWN_KEY:
      return [
        'console.unknown-key',
        'There is no configuration key of this name.',
        'Type help config to see the keys.',
      ];
    case UPLINK_HELD_BACK:
      return [
        'uplink.held-back',
        "A session was due and was not begun: the day's allowance of searching or of bytes is used up.",
        'Nothing: readings wait in flash until the day is over.',
      ];
    case VALUE_REFUSED:
      return [
        'config.value-refused',
        'The value is not one that this key takes.',
        'Type help and the name of the key: it says what is possible.',
      ];
    case RESTART_FIRST:
      return [
        'config.restart-first',
        'Something was saved that holds from the next start; this would test what held before.',
        'Type reboot, open the console again, and try again.',
      ];
    default:
      return undefined;
  }
}
