/**
 * Every error that a person can meet on the host: an id, a sentence, and what to do next. `{name}` is filled in where
 * the error is raised. Exit code 2 is wrong use (the command line or a file given to it), 1 a failure.
 * docs/errors.md is generated from here.
 */
export interface CatalogueEntry {
  readonly sentence: string;
  readonly remedy: string;
  readonly exit: 1 | 2;
}

export const catalogue = {
  'usage.unknown-option': {
    sentence: '{detail}.',
    remedy: 'Run the command with --help to see what it takes.',
    exit: 2,
  },
  'report.unreadable-ride': {
    sentence: 'The ride cannot be drawn: {field} is {value}.',
    remedy:
      'Run the ride again to make its result anew, or mend that field where the result was written by hand.',
    exit: 2,
  },
  'report.no-map-data': {
    sentence: 'The map data cannot be read: {detail}.',
    remedy: 'Run npm ci in the folder of Coldrail; it installs the package world-atlas, which holds the map.',
    exit: 1,
  },
  'decode.message-header': {
    sentence: 'This is no Coldrail uplink message: its header item is missing or wrong.',
    remedy:
      'See "On the wire" in docs/journal.md for what a message begins with; check who publishes on this topic.',
    exit: 1,
  },
  'decode.message-format': {
    sentence: 'The uplink message is of format {format}; this version reads format 1.',
    remedy: 'Update the host tools to the version that the device firmware was built with, or a later one.',
    exit: 1,
  },
  'decode.message-block': {
    sentence: 'The uplink message of {device} does not verify at byte {offset} of {length}.',
    remedy:
      'Nothing to do for a single one: the device sends it again. If it repeats, read the journal and compare.',
    exit: 1,
  },
  'collect.database-in-use': {
    sentence: 'The database {path} is in use by process {pid}.',
    remedy:
      'Stop that process first. If it is not a Coldrail process, remove the file {owner} and try again.',
    exit: 1,
  },
  'collect.database-locked': {
    sentence: 'The database {path} is locked, and nothing tells by whom.',
    remedy:
      'Close other programs that have it open. If there are none, remove the empty folder {lock} and try again.',
    exit: 1,
  },
  'collect.database-unusable': {
    sentence: 'The database {path} cannot be opened: {detail}.',
    remedy:
      'Give the path of a file that Coldrail made, or of a new one in a folder that exists and can be written.',
    exit: 2,
  },
  'collect.store-failed': {
    sentence: 'The readings of {device} could not be stored: {detail}.',
    remedy:
      'Check the disk and the database. The device was not told that they arrived, so it keeps and resends them.',
    exit: 1,
  },
  'collect.conflict': {
    sentence: '{count} records of {device} differ from those stored under the same numbers (first: {seq}).',
    remedy:
      'The stored ones were kept. Two boards may share this id, or its journal was erased: give it a new id.',
    exit: 1,
  },
  'collect.device-mismatch': {
    sentence: 'A message of device {device} came on the topic {topic}.',
    remedy:
      'Check the device id in the configuration of the board that publishes there; the message was not stored.',
    exit: 1,
  },
  'collect.subscribe-refused': {
    sentence: 'The broker refused the subscription to {topic}.',
    remedy:
      'Allow the collector to read coldrail/v1/+/up and coldrail/v1/+/gone, and to write coldrail/v1/+/ack, in the rights of the broker.',
    exit: 1,
  },
  'collect.will-malformed': {
    sentence: 'A message on the topic coldrail/v1/{device}/gone is not what a tracker leaves as its will.',
    remedy: 'Check who else publishes there; nothing was counted.',
    exit: 1,
  },
  'broker.url-invalid': {
    sentence: '"{url}" is not the address of a broker.',
    remedy: 'Write it as mqtt://host:port, or mqtts://host:port for TLS.',
    exit: 2,
  },
  'broker.unreachable': {
    sentence: 'No MQTT broker answers at {url}: {detail}.',
    remedy: 'Check that the broker runs and that the address and port are right.',
    exit: 1,
  },
  'broker.port-in-use': {
    sentence: 'The broker cannot listen on {host}:{port}: the port is in use.',
    remedy: 'Choose another port, or stop the program that has it.',
    exit: 1,
  },
  'broker.cannot-listen': {
    sentence: 'The broker cannot listen on {host}:{port}: {detail}.',
    remedy: 'Choose an address of this machine and a port above 1023.',
    exit: 1,
  },
  'usage.number': {
    sentence: '{option} takes a number from {low} to {high}, not "{text}".',
    remedy: 'Give a plain number, as in {option} {low}.',
    exit: 2,
  },
  'usage.integer': {
    sentence: '{option} takes a whole number from {low} to {high}, not "{text}".',
    remedy: 'Give a whole number, as in {option} {low}.',
    exit: 2,
  },
  'usage.delimiter': {
    sentence: '--delimiter takes one character, or tab, not "{text}".',
    remedy: 'For columns that semicolons separate: --delimiter ";".',
    exit: 2,
  },
  'usage.outage': {
    sentence: '--broker-outage takes HOUR or HOUR+HOURS, not "{text}".',
    remedy: 'For an hour without broker after five days: --broker-outage 120+1.',
    exit: 2,
  },
  'usage.outage-needs-own-broker': {
    sentence: '--broker-outage stops the embedded broker, and --broker names another.',
    remedy: 'Leave one of the two out.',
    exit: 2,
  },
  'ride.out-unwritable': {
    sentence: 'Nothing can be written to {path}: {detail}.',
    remedy: 'Choose another folder with --out, or make this one writable.',
    exit: 1,
  },
  'ride.firmware-complained': {
    sentence: 'The firmware raised {count} errors on the way; the first: {first}.',
    remedy: 'This is a defect of the firmware: report it with the command line, which repeats it exactly.',
    exit: 1,
  },
  'espruino.not-set': {
    sentence: 'This needs the real interpreter, and ESPRUINO does not name one.',
    remedy:
      'Build Espruino for Linux (BOARD=LINUX make, in its own repository) and give its path: ESPRUINO=/path/to/espruino npm run espruino.',
    exit: 2,
  },
  'espruino.not-usable': {
    sentence: 'ESPRUINO names {path}, which is no program that can be run.',
    remedy: 'Give the path of the espruino binary that BOARD=LINUX make leaves in bin/.',
    exit: 2,
  },
  'espruino.failed': {
    sentence: 'The interpreter failed: {detail}.',
    remedy:
      'Check that ESPRUINO names an Espruino built for Linux from a source newer than 2v29: run it by hand, it shows a prompt.',
    exit: 1,
  },
  'sim.board-undescribed': {
    sentence: 'The simulator does not know how the board {board} is wired.',
    remedy: 'Describe its chips and pins in tools/sim/hardware.ts.',
    exit: 1,
  },
  'sim.no-currents': {
    sentence: 'There are no currents of the board {board}.',
    remedy: 'Add them, with their source, to tools/data/currents-2026-11.json.',
    exit: 1,
  },
  'sim.no-pty': {
    sentence: 'This system has no pseudo-terminals, so the console of a virtual tracker cannot be offered.',
    remedy: 'Run it on Linux or macOS, or in WSL.',
    exit: 1,
  },
  'sim.link-unwritable': {
    sentence: 'The name {name} cannot be given to the port: {detail}.',
    remedy: 'Give a path in a folder that exists and can be written, and that nothing else has.',
    exit: 1,
  },
  'sim.no-battery': {
    sentence: 'Nothing says which battery the board {board} has.',
    remedy: 'Say so, with its source, in tools/data/batteries-2026-11.json.',
    exit: 1,
  },
  'sim.unknown-battery': {
    sentence: 'There is no battery "{name}".',
    remedy: 'Choose one of: {known}.',
    exit: 2,
  },
  'energy.shorter-than-interval': {
    sentence: '{option} of {seconds} s is shorter than the {interval} s between two readings.',
    remedy:
      'Give at least as much, or a shorter --interval: the tracker wakes for its readings and at no other time.',
    exit: 2,
  },
  'espruino.bundle-too-large': {
    sentence: 'The bundle of {size} bytes does not fit into the flash of Espruino for Linux.',
    remedy: 'Make the firmware smaller: `npm run bench` shows what it is made of.',
    exit: 1,
  },
  'decode.unreadable': {
    sentence: '{file} cannot be read: {detail}.',
    remedy: 'Give the path of a flash image or of a message, or - for standard input.',
    exit: 2,
  },
  'decode.nothing': {
    sentence: 'This is neither a flash image with a journal page nor an uplink message: {detail}',
    remedy:
      'Give whole pages of 4096 bytes as they stand in flash, or messages without anything around them.',
    exit: 2,
  },
  'decode.later-format': {
    sentence: 'The journal page at byte {offset} is of a later format; this version reads format 1.',
    remedy: 'Update the host tools to the version that the device firmware was built with, or a later one.',
    exit: 2,
  },
  'verify.unreadable': {
    sentence: '{file} cannot be read: {detail}.',
    remedy: 'Give the path of a flash image, or - for standard input.',
    exit: 2,
  },
  'verify.too-large': {
    sentence: '{file} has more than {most} bytes; no flash of a tracker is that large.',
    remedy: 'Give the raw flash region alone, 64 KiB from 0x310000 on.',
    exit: 2,
  },
  'verify.nothing': {
    sentence: 'There is nothing to prove in this file: {detail}.',
    remedy:
      'Give the raw flash region of a tracker, whole pages of 4096 bytes, without anything around them.',
    exit: 2,
  },
  'verify.message': {
    sentence: 'This is an uplink message; seals stand in flash only.',
    remedy:
      'Give a flash image of the tracker. To see what the message holds: coldrail decode, with this file.',
    exit: 2,
  },
  'verify.later-format': {
    sentence: 'The journal page at byte {offset} is of a later format; this version proves format 1.',
    remedy: 'Update the host tools to the version that the device firmware was built with, or a later one.',
    exit: 2,
  },
  'verify.key-malformed': {
    sentence: 'The device key has {length} characters, {detail}.',
    remedy: 'Give 64 hexadecimal digits, or the path of a file that holds them and nothing else.',
    exit: 2,
  },
  'verify.key-unreadable': {
    sentence: 'The file that --key names cannot be read ({code}).',
    remedy: 'Give the path of a file with the device key, or the key itself: 64 hexadecimal digits.',
    exit: 2,
  },
  'replay.unreadable': {
    sentence: '{file} cannot be read: {detail}.',
    remedy: 'Give the path of a file with what was recorded, or - for standard input.',
    exit: 2,
  },
  'replay.too-large': {
    sentence: '{file} has more than {most}; no session with a modem is that long.',
    remedy: 'Cut out the session that failed, from the power-on of the modem to its end.',
    exit: 2,
  },
  'replay.bad-line': {
    sentence: 'Line {line} of {file} is no line of a transcript: {detail}.',
    remedy: 'Correct that line; docs/radio.md describes transcripts.',
    exit: 2,
  },
  'replay.nothing': {
    sentence: 'There is no dialogue with a modem in {file}.',
    remedy:
      'Give JSON lines with "expect" and "send", or a terminal capture whose lines are AT commands and what the modem said, with or without the time and >> or << before them.',
    exit: 2,
  },
  'replay.profile': {
    sentence: '{detail}.',
    remedy: 'Give one of these with --profile: {names}.',
    exit: 2,
  },
  'replay.option': {
    sentence: '{option} cannot be {text}.',
    remedy: 'Give {wanted}.',
    exit: 2,
  },
  'replay.no-nmea': {
    sentence: 'There is no RMC, GGA, GSA or ZDA sentence in {file}.',
    remedy:
      'Give what a receiver said on its UART, as it came: lines such as $GNRMC,...*6D. If they are there but garbled, the baud rate was wrong.',
    exit: 2,
  },
  'replay.nmea-too-large': {
    sentence: '{file} has more than {most}.',
    remedy: 'Cut out the hours in question; a receiver says some 2 MB an hour.',
    exit: 2,
  },
  'serial.none': {
    sentence: 'No serial port was found that a tracker could be behind.',
    remedy:
      'Plug the tracker in with a cable that carries data (many carry only power). A port that is no USB port is named with --port.',
    exit: 1,
  },
  'serial.several': {
    sentence: 'There are several serial ports: {list}.',
    remedy: 'Name one with --port, or in the environment as COLDRAIL_PORT.',
    exit: 2,
  },
  'serial.missing': {
    sentence: 'There is no port {path}.',
    remedy: 'Run "coldrail ports" to see what there is; plug the tracker in.',
    exit: 1,
  },
  'serial.busy': {
    sentence: 'The port {path} is in use by another program.',
    remedy: 'Close the other program: a terminal, an IDE, the page in the browser, or a second coldrail.',
    exit: 1,
  },
  'serial.permission': {
    sentence: 'You may not use the port {path}.',
    remedy: '{remedy}',
    exit: 1,
  },
  'serial.not-serial': {
    sentence: '{path} is no serial port.',
    remedy: 'Run "coldrail ports" to see what there is.',
    exit: 2,
  },
  'serial.failed': {
    sentence: 'The port {path} cannot be opened: {detail}.',
    remedy: 'Unplug the tracker, plug it in again, and try once more.',
    exit: 1,
  },
  'serial.gone': {
    sentence: 'The port {path} went away: the cable was pulled, or the tracker lost its power.',
    remedy: 'Plug it in again and repeat the command.',
    exit: 1,
  },
  'link.silent': {
    sentence: 'The tracker stopped answering.',
    remedy: 'Repeat the command. If it happens again, press the reset button first, and try another cable.',
    exit: 1,
  },
  'link.closed': {
    sentence: 'The line to the tracker was closed in the middle of a request.',
    remedy: 'Check the cable, and repeat the command.',
    exit: 1,
  },
  'link.damaged': {
    sentence: 'What the tracker answered came damaged again and again.',
    remedy: 'Use a shorter or better cable, away from the power electronics, without a hub.',
    exit: 1,
  },
  'console.silent': {
    sentence: 'No tracker answers on {path} within {seconds} s.',
    remedy:
      'Press its reset button and run the command again at once. If it stays silent: check its supply and the cable, and run "coldrail doctor".',
    exit: 1,
  },
  'console.interpreter': {
    sentence: 'There is an {interpreter} on {path}, but no Coldrail in it.',
    remedy:
      'Put the firmware into it: coldrail flash. If somebody handed the port to the interpreter (repl), press the reset button.',
    exit: 1,
  },
  'console.foreign': {
    sentence: 'What is on {path} talks, but it is no tracker. It said: {text}',
    remedy: 'Choose another port with --port; "coldrail ports" lists them.',
    exit: 1,
  },
  'console.garbled': {
    sentence: 'What comes from {path} is no text: another baud rate, or a damaged line.',
    remedy: 'The console speaks at 115200 baud. Press the reset button, and try another cable.',
    exit: 1,
  },
  'console.protocol': {
    sentence: 'The tracker speaks version {protocol} of the console protocol, and this program version 1.',
    remedy: 'Update these tools to the version of the firmware, or a later one.',
    exit: 1,
  },
  'console.malformed': {
    sentence: 'The tracker answered {request} with something that docs/console.md does not have: {detail}.',
    remedy: 'Update these tools to the version of the firmware. If both are the same, report it as a defect.',
    exit: 1,
  },
  'config.not-applied': {
    sentence: 'The configuration was not taken, and the tracker is as it was: {keys}.',
    remedy: 'Correct what is named below and try again; docs/config.md lists what each key takes.',
    exit: 1,
  },
  'config.not-read-back': {
    sentence:
      'The configuration was saved, but after the restart the tracker does not show what was sent: {keys}.',
    remedy: 'Apply it once more. If it happens again, do not use this tracker, and report it.',
    exit: 1,
  },
  'log.moving': {
    sentence: 'The log changed again each of the {rounds} times that it was read.',
    remedy: 'Wait until no alarm stands and no self-test runs, and repeat the command.',
    exit: 1,
  },
  'provision.unreadable': {
    sentence: 'The work order {file} cannot be read: {detail}.',
    remedy: 'Give the path of a JSON or CSV file in UTF-8; docs/provisioning.md describes both.',
    exit: 2,
  },
  'provision.refused': {
    sentence: 'The work order {file} was refused as a whole ({count}), and nothing was sent to any tracker:',
    remedy: 'Correct each of these; docs/provisioning.md and docs/config.md say what is taken.',
    exit: 2,
  },
  'provision.only': {
    sentence: 'The work order has no unit {deviceId}.',
    remedy: 'Give a device id that stands in it.',
    exit: 2,
  },
  'provision.key-file': {
    sentence: 'The key file {file} cannot be written ({detail}); nothing was sent to that tracker.',
    remedy: 'Name a folder that can be written with --new-keys.',
    exit: 1,
  },
  'provision.results': {
    sentence: 'The results file {file} cannot be used ({detail}).',
    remedy: 'Make it writable, or name another with --results: without it a run cannot be resumed.',
    exit: 1,
  },
  'provision.wrong-unit': {
    sentence: 'The tracker that is plugged in is {found}, and {wanted} is wanted.',
    remedy: 'Plug in the tracker that is to become {wanted}. What is done already is passed over.',
    exit: 1,
  },
  'provision.declined': {
    sentence: '{deviceId} was left as it was.',
    remedy: 'Run the command again to provision it; what is done already is passed over.',
    exit: 1,
  },
  'record.unreadable': {
    sentence: 'The record {file} cannot be read: {detail}.',
    remedy: 'Give the file that "coldrail selftest --record" has written.',
    exit: 2,
  },
  'record.malformed': {
    sentence: '{file} is no record of a self-test: {detail}.',
    remedy: 'Give the file as "coldrail selftest --record" has written it, whole and unchanged.',
    exit: 2,
  },
  'record.later-format': {
    sentence: 'The record in {file} is of format {format}; this version reads format 1.',
    remedy: 'Update these tools to the version of the firmware, or a later one.',
    exit: 2,
  },
  'usage.who': {
    sentence: '--who takes 1 to 16 of A-Z a-z 0-9 - _, not "{text}".',
    remedy: 'Give initials or a short name, as in --who a-lee: it stands in the journal.',
    exit: 2,
  },
  'usage.needs-yes': {
    sentence: 'This wants an answer, and there is no terminal to ask at: {question}',
    remedy: 'Say --yes if it is to be done without asking.',
    exit: 2,
  },
  'console.pin-needed': {
    sentence: 'The console has a PIN, and none was given.',
    remedy: 'Name a file that holds it with --pin-file, put it into COLDRAIL_PIN, or type it when asked.',
    exit: 2,
  },
  'console.pin-file': {
    sentence: 'The file {file} gives no PIN: {detail}.',
    remedy: 'Name a file that holds the 4 to 8 digits and nothing else.',
    exit: 2,
  },
  'config.file': {
    sentence: 'The configuration file {file} cannot be used: {detail}.',
    remedy:
      'Give a file like the one that "coldrail config export" writes: {"format": 1, "config": {"intervalS": 600}}.',
    exit: 2,
  },
  'config.secret-typed': {
    sentence: '{key} is a secret, which does not belong on a command line.',
    remedy: 'Put it into a file for "coldrail config apply", or type it in "coldrail console".',
    exit: 2,
  },
  'config.unknown-key': {
    sentence: 'There is no configuration key {names}.',
    remedy: 'The keys are: {known}. docs/config.md says what each is for.',
    exit: 2,
  },
  'config.bad-value': {
    sentence: '{key} takes {range}, not "{text}".',
    remedy: 'Correct the value, or give none to go back to nothing. docs/config.md says what the key is for.',
    exit: 2,
  },
  'config.number': {
    sentence: '{key} {text}: {flaw}.{offers}',
    remedy: 'Read it once more from the box, the wagon or the paper.',
    exit: 2,
  },
  'usage.unwritable': {
    sentence: 'The file {file} cannot be written: {detail}.',
    remedy: 'Name a file in a folder that exists and may be written, with room on the disk.',
    exit: 2,
  },
  'log.exists': {
    sentence: 'There is a file {file} already.',
    remedy: 'Name another, or say --yes to write over it. What was begun and broken off goes on by itself.',
    exit: 2,
  },
  'trip.not-kept': {
    sentence: 'After the restart the tracker shows the trip "{shown}" and not "{wanted}".',
    remedy: 'Repeat the command. If it happens again, do not use this tracker, and report it.',
    exit: 1,
  },
  'console.no-restart': {
    sentence: 'The tracker did not restart.',
    remedy: 'Press its reset button: what was saved holds from the next start. Then look at it again.',
    exit: 1,
  },
  'provision.out-of-range': {
    sentence: 'The configuration cannot be written: {field} is out of its range.',
    remedy: 'Correct that value; docs/config.md lists the range of each key.',
    exit: 2,
  },
  'flash.silent': {
    sentence: "Espruino's prompt does not answer any more.",
    remedy:
      'The tracker starts what it ran before. Try another cable or port, close other programs that have the port open, and run the command again.',
    exit: 1,
  },
  'flash.no-prompt': {
    sentence: 'Neither Espruino nor a Coldrail console answers on the port.',
    remedy:
      'Check the port and the cable, and press the board\'s reset button while the command waits. A board that restarts all the time has to be erased: docs/flashing.md, "When nothing answers".',
    exit: 1,
  },
  'flash.line-gone': {
    sentence: 'The line to the board was cut before the new firmware was in place.',
    remedy: 'The tracker runs what it ran before. Plug the cable in and run the command again.',
    exit: 1,
  },
  'flash.line-gone-after': {
    sentence: 'The line to the board was cut after the new firmware was put in place and verified.',
    remedy: 'Plug the cable in and look at it: coldrail flash --verify-only.',
    exit: 1,
  },
  'flash.wrong-chip': {
    sentence: 'This is Espruino for {board}, and the bundle is for a board with {chip}.',
    remedy: 'Choose the board that is written on yours with --board; docs/boards.md lists them.',
    exit: 2,
  },
  'flash.radios-on': {
    sentence: '{radio} is on again after it was switched off.',
    remedy:
      'Erase the settings of Espruino with esptool erase_flash and write Espruino again: docs/flashing.md.',
    exit: 1,
  },
  'flash.memory-short': {
    sentence: 'Espruino has {total} JsVars here, and the firmware needs {least}.',
    remedy: 'Use an Espruino image without what takes memory, and look whether WiFi and Bluetooth are off.',
    exit: 1,
  },
  'flash.other-boot-file': {
    sentence: 'There is a file .bootrst in Storage, which Espruino would run in the place of the firmware.',
    remedy:
      'Erase it at the prompt with require("Storage").erase(".bootrst"), or empty Storage with --erase.',
    exit: 1,
  },
  'flash.storage-full': {
    sentence: 'The bundle needs {needed} bytes of Storage, and there are {most} beside what is in it.',
    remedy:
      'Empty Storage with --erase: the app that runs now is lost then, even if the new one does not arrive.',
    exit: 1,
  },
  'flash.storage-refused': {
    sentence: 'Storage refuses the bundle: {detail}.',
    remedy: 'The tracker runs what it ran before. Empty Storage with --erase and try again.',
    exit: 1,
  },
  'flash.not-kept': {
    sentence: 'Storage did not keep {name} as it was written.',
    remedy:
      'The end of Storage is damaged, as by a power cut. Empty it with --erase: the app that runs now is lost then.',
    exit: 1,
  },
  'flash.upload-failed': {
    sentence: 'The bundle did not arrive whole in {tries} tries; the last one: {why}.',
    remedy:
      'The tracker runs what it ran before. Use a short cable without a hub between, close other programs that have the port, and run the command again.',
    exit: 1,
  },
  'flash.app-complains': {
    sentence: 'The new firmware is in place, but the interpreter says: {detail}.',
    remedy: 'Flash a bundle that is known to run. If this one came from coldrail build as it is, report it.',
    exit: 1,
  },
  'flash.no-hello': {
    sentence: 'The new firmware is in place and verified, but said nothing of itself within {seconds} s.',
    remedy:
      'Press the reset button and look at the console with coldrail console. If it stays silent, flash a bundle that is known to run.',
    exit: 1,
  },
  'flash.no-esptool': {
    sentence: 'esptool, which writes Espruino itself, is not installed.',
    remedy: 'Install it with "pip install esptool", or flash Espruino in a browser: docs/flashing.md.',
    exit: 1,
  },
  'flash.no-chip': {
    sentence: 'Which chip Espruino is to be written to is not known: {board}.',
    remedy: 'Name a board with an ESP32 by --board; docs/boards.md lists them.',
    exit: 2,
  },
  'flash.image-unusable': {
    sentence: 'Espruino cannot be written: {file}: {detail}.',
    remedy: "Unpack Espruino's archive for the chip of your board, and name the folder: docs/flashing.md.",
    exit: 2,
  },
  'flash.declined': {
    sentence: 'Espruino was not written, as nobody agreed to it.',
    remedy: 'Agree on a terminal, or run the command that is shown, or give --yes.',
    exit: 1,
  },
  'flash.esptool-failed': {
    sentence: 'esptool ended with {code}: {command}',
    remedy:
      'Read what it says above. Most boards need their BOOT button held down while it connects; close other programs that have the port.',
    exit: 1,
  },
  'flash.bundle-unreadable': {
    sentence: 'The bundle {file} cannot be used: {detail}.',
    remedy: 'Run "coldrail build" and name a file that it writes, or name the board with --board.',
    exit: 2,
  },
  'flash.no-bundle': {
    sentence: 'Neither a bundle nor a board is named.',
    remedy: 'Name a file, as in dist/t-sim7080g-s3.js, or a board, as in --board t-sim7080g-s3.',
    exit: 2,
  },
  'build.unknown-board': {
    sentence: 'There is no board {board}.',
    remedy: 'The boards are: {boards}.',
    exit: 2,
  },
  'build.failed': {
    sentence: 'The firmware could not be bundled: {detail}',
    remedy: 'Mend the source at the place that is named; `npm run types` tells more.',
    exit: 1,
  },
  'docs.stale': {
    sentence: 'Files that are made from sources are not current: {files}.',
    remedy: 'Run "npx coldrail docs" and keep what it writes.',
    exit: 1,
  },
  'web.build-failed': {
    sentence: 'The page could not be bundled: {detail}',
    remedy: 'Mend the source at the place that is named; `npm run types` tells more.',
    exit: 1,
  },
  'web.unwritable': {
    sentence: 'The page cannot be written to {path}: {detail}.',
    remedy: 'Make the folder writable, or run the command in the folder of Coldrail.',
    exit: 1,
  },
  'web.port-in-use': {
    sentence: 'The page cannot be served on port {port}: {detail}.',
    remedy: 'Choose another port with --listen, or open the file in a browser as it is.',
    exit: 1,
  },
  'web.serial-busy': {
    sentence: 'The serial port cannot be opened: another program has it, or the system does not allow it.',
    remedy:
      'Close terminals and other pages that use it, and press the button again. On Linux your user must be in the group dialout.',
    exit: 1,
  },
  'web.cable-pulled': {
    sentence:
      'The line to the tracker ended in the middle: the cable was pulled, or the tracker lost its power.',
    remedy: 'Plug it in again, connect again, and repeat the step. What was finished stays.',
    exit: 1,
  },
  'web.silent': {
    sentence: 'The tracker stopped answering.',
    remedy: 'Repeat the step. If it happens again, press the reset button first, and try another cable.',
    exit: 1,
  },
  'web.no-answer': {
    sentence: 'No tracker answers on this port.',
    remedy:
      'Press the reset button on its board and connect again at once. If it stays silent: choose the other port, check its supply, and use a cable that carries data.',
    exit: 1,
  },
  'web.not-a-tracker': {
    sentence: 'What is on this port talks, but it is no tracker.',
    remedy: 'Connect again and choose another port.',
    exit: 1,
  },
  'web.other-tracker': {
    sentence: 'This is the tracker {found}, and the visit is about {expected}.',
    remedy: 'Plug the first one in again, or end here in step 1 and begin with this one.',
    exit: 1,
  },
  'web.file-not-json': {
    sentence: 'The file is no JSON.',
    remedy:
      'Choose a file that "coldrail config export" wrote, or one with the names of the keys and their values.',
    exit: 2,
  },
  'web.file-no-values': {
    sentence: 'The file has no value of any key of the configuration.',
    remedy: 'The names of the keys are in docs/config.md, such as "intervalS".',
    exit: 2,
  },
  'host.unexpected': {
    sentence: 'Something failed that no error here describes: {detail}.',
    remedy:
      'Please report it with the command line that you used; COLDRAIL_DEBUG=1 prints where it happened.',
    exit: 1,
  },
  'corridor.unreadable': {
    sentence: 'The corridor file {file} cannot be read: {detail}.',
    remedy: 'Give the path of a JSON file like tools/data/corridor-2026-11.json.',
    exit: 2,
  },
  'corridor.invalid': {
    sentence: 'The corridor file {file} is broken: {detail}.',
    remedy: 'Correct that field; tools/data/corridor-2026-11.json shows the shape.',
    exit: 2,
  },
  'networks.invalid': {
    sentence: 'The file of networks {file} is broken: {detail}.',
    remedy:
      'Correct that field: each country has its codes, an order of all four technologies, and a source.',
    exit: 2,
  },
  'radio-plan.operator': {
    sentence: 'The corridor has no operator "{text}".',
    remedy: 'Name operators by MCC and MNC, separated by commas. Known: {known}.',
    exit: 2,
  },
  'radio-plan.technology': {
    sentence: 'There is no radio technology "{text}".',
    remedy: 'Name some of {known}, separated by commas.',
    exit: 2,
  },
  'radio-plan.no-board': {
    sentence: 'There is no modem here that has {technologies}.',
    remedy: 'Choose by what there is. {boards}.',
    exit: 2,
  },
  'cargo.unreadable': {
    sentence: 'The file of cargo profiles {file} cannot be read: {detail}.',
    remedy: 'Give the path of a JSON file like tools/data/cargo-2026-11.json.',
    exit: 2,
  },
  'cargo.invalid': {
    sentence: 'The file of cargo profiles {file} is broken: {detail}.',
    remedy:
      'Correct that field; every figure needs a source, which begins with a name from "sources", or an assumption.',
    exit: 2,
  },
  'cargo.unknown': {
    sentence: 'There is no cargo profile "{name}".',
    remedy: 'Choose one of: {known}.',
    exit: 2,
  },
  'cargo.set-point': {
    sentence: 'The cargo {name} is not carried at {setPointC} C.',
    remedy: 'Set {low} to {high} C, or choose the profile of what is in the box.',
    exit: 2,
  },
  'cargo.no-place': {
    sentence: 'A rule of the cargo {name} needs a probe at one of: {places}.',
    remedy: 'Fit one, or choose a profile whose rules go by the probes that there are.',
    exit: 2,
  },
  'scenario.unknown': {
    sentence: 'There is no scenario "{name}".',
    remedy: 'Choose one of: {known}.',
    exit: 2,
  },
  'world.departure': {
    sentence: 'The departure "{departure}" is not a time.',
    remedy: 'Give it in UTC as in 2026-01-10T06:00:00Z.',
    exit: 2,
  },
  'world.sim-profile': {
    sentence: 'The corridor has no SIM profile "{name}".',
    remedy: 'Choose one of: {known}.',
    exit: 2,
  },
  'climate.unreadable': {
    sentence: 'The climate file {file} cannot be read: {detail}.',
    remedy: 'Give the path of a CSV file with a time, a temperature and a humidity column.',
    exit: 2,
  },
  'climate.empty': {
    sentence: 'The climate file {file} has {rows} rows of data, and a series needs at least 2.',
    remedy: 'Check that the file was copied whole; the first line must be the header.',
    exit: 2,
  },
  'climate.no-column': {
    sentence: 'The climate file {file} has no column "{column}"; its first line reads: {columns}.',
    remedy: 'Name the columns as they stand in the first line of the file.',
    exit: 2,
  },
  'climate.field-count': {
    sentence: 'Line {line} of {file} has {fields} fields, not {wanted}: {content}',
    remedy: 'Repair or remove that line; all rows must have as many fields as the first.',
    exit: 2,
  },
  'climate.half-line': {
    sentence: 'The last line of {file}, line {line}, breaks off: {content}',
    remedy: 'Copy the file again, or remove its last line.',
    exit: 2,
  },
  'climate.not-a-number': {
    sentence: 'Line {line} of {file} has "{content}" in its {column} column, which is not a number.',
    remedy: 'Repair or remove that line; a decimal point is a point.',
    exit: 2,
  },
  'climate.out-of-range': {
    sentence:
      'Line {line} of {file} has {value} in its {column} column, outside what the sensor can measure ({low} to {high}).',
    remedy: 'Give temperature in degrees Celsius and relative humidity in percent.',
    exit: 2,
  },
  'climate.not-a-place': {
    sentence: 'Line {line} of {file} has {value} in its {column} column, which is no place on Earth.',
    remedy: 'Give positions in decimal degrees, north and east positive.',
    exit: 2,
  },
  'climate.bad-time': {
    sentence: 'Line {line} of {file} has "{content}" where a time should be.',
    remedy: 'Write times as 2015-02-11 14:48:00.',
    exit: 2,
  },
  'climate.time-order': {
    sentence: 'Line {line} of {file} is not later than the line before it.',
    remedy: 'Sort the file by time and remove repeated lines.',
    exit: 2,
  },
  'check.unreadable': {
    sentence: 'The bundle {file} cannot be read: {detail}.',
    remedy: 'Run "coldrail build" first and name the file that it writes.',
    exit: 2,
  },
  'check.empty': {
    sentence: 'The bundle {file} is empty.',
    remedy: 'Run "coldrail build" again; a build that failed may leave an empty file.',
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorId = keyof typeof catalogue;
