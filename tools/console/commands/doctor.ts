import { styleText } from 'node:util';
import type { Command } from 'commander';
import { VERSION } from '../../../firmware/version.ts';
import { DeviceError } from '../../errors/device-error.ts';
import { ColdrailError } from '../../errors/error.ts';
import { openPort } from '../../serial/open-port.ts';
import { connect } from '../connect.ts';
import {
  bad,
  examineConfig,
  examineFaults,
  examineHello,
  examineModem,
  examineSensors,
  examineStatus,
  type Finding,
  good,
} from '../doctor.ts';
import type { Port } from '../port.ts';
import { whatTalks } from '../who-talks.ts';
import { type DeviceFlags, deviceCommand } from './device-command.ts';
import { portOf, tell } from './with-tracker.ts';

type Report = (findings: readonly Finding[]) => void;

const OTHER_BAUDS = [9600, 57600, 230400, 460800, 921600];
const LISTEN_MS = 600;

/** `coldrail doctor`: exit code 0 where all is well. */
export function doctorCommand(print: (text: string) => void): Command {
  return deviceCommand('doctor')
    .description(
      'look for what is wrong, from the cable to the SIM, and say what to do; exit code 0 when nothing is',
    )
    .option('--modem', 'try SIM, network and broker too, which takes minutes')
    .action(async (flags: DeviceFlags & { readonly modem?: true }) => {
      const all: Finding[] = [];
      const report: Report = (findings) => {
        all.push(...findings);
        if (!flags.json) for (const finding of findings) print(lines(finding).join('\n'));
      };
      await examine(flags, flags.modem === true, report);
      const wrong = all.filter(({ isGood }) => !isGood).length;
      if (flags.json) print(JSON.stringify(all, null, 2));
      else
        print(
          wrong === 0 ? 'All is well.' : `${wrong} ${wrong === 1 ? 'thing wants' : 'things want'} a look.`,
        );
      process.exitCode = wrong === 0 ? 0 : 1;
    });
}

function lines({ what, isGood, sentence, remedy }: Finding): string[] {
  const word = isGood
    ? styleText('green', 'good', { stream: process.stdout })
    : styleText('red', 'LOOK', { stream: process.stdout });
  return [`${word}  ${what}: ${sentence}`, ...(remedy === '' ? [] : [`      ${remedy}`])];
}

/** From the cable inwards: what stands in the way of one step is the last finding. */
async function examine(flags: DeviceFlags, withModem: boolean, report: Report): Promise<void> {
  let path = '';
  let port: Port | undefined;
  try {
    path = await portOf(flags);
    port = await openPort(path, { mayReset: flags.reset });
    report([good('port', `${path} opens`)]);
    const { client, hello } = await connect(port, { path, onNews: tell });
    report([good('console', `answers, power-on ${hello.powerOn}`)]);
    report(examineHello(hello, VERSION));
    report(await examineConfig(client));
    report(await examineStatus(client));
    report(await attempt('sensors', () => examineSensors(client)));
    report(await attempt('faults', () => examineFaults(client)));
    if (withModem) report(await attempt('SIM and network', () => examineModem(client)));
  } catch (error) {
    const told = findingOf(path === '' ? 'port' : path, error);
    if (!told) throw error;
    report([told]);
    if (port && error instanceof ColdrailError && /^console\.(garbled|silent)$/.test(error.id)) {
      await port.close();
      report(await otherBaud(path));
    }
  } finally {
    await port?.close();
  }
}

/** What the tracker refuses is a finding; the examination goes on. */
async function attempt(what: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof DeviceError) return [bad(what, error.message, error.remedy)];
    throw error;
  }
}

function findingOf(what: string, error: unknown): Finding | undefined {
  const isKnown = error instanceof ColdrailError || error instanceof DeviceError;
  return isKnown ? bad(what, error.message, error.remedy) : undefined;
}

/** Whether something that is text comes at another speed. */
async function otherBaud(path: string): Promise<Finding[]> {
  tell('Listening at other baud rates.');
  for (const baudRate of OTHER_BAUDS) {
    const port = await openPort(path, { baudRate, mayReset: false });
    let heard = '';
    port.onText((text) => {
      heard += text;
    });
    await port.write('\r').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
    await port.close();
    const talk = whatTalks(heard);
    if (talk.kind === 'text')
      return [
        bad(
          'baud rate',
          `At ${baudRate} baud something says: ${talk.text}`,
          'That is no Coldrail console, which speaks at 115200. Flash the firmware, or choose another port.',
        ),
      ];
  }
  return [];
}
