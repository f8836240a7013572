import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { type KeySpec, SCHEMA } from '../../../firmware/config/schema.ts';
import { valueFault } from '../../../firmware/config/values.ts';
import { OK } from '../../../hal/faults.ts';
import { rangeOf } from '../../docs/config-page.ts';
import { ColdrailError } from '../../errors/error.ts';
import { applyConfig, type ConfigChange, diffConfig } from '../apply.ts';
import { type DisplayValues, fromWord, specOf, stored, wordsOf } from '../display.ts';
import { readConfig } from '../read-config.ts';
import { confirm } from './ask.ts';
import { FILE_FORMAT, readConfigFile } from './config-file.ts';
import { type DeviceFlags, deviceCommand, whoOption } from './device-command.ts';
import { numberWord } from './number-word.ts';
import { whoOf } from './who.ts';
import { type Session, tell, withTracker } from './with-tracker.ts';

type Print = (text: string) => void;
type ChangeFlags = DeviceFlags & { readonly who?: string };

/** Set by `trip start` and `trip stop` only, so no other file carries it from tracker to tracker. */
const OF_THE_TRIP = 'trip';

function known(names: readonly string[]): KeySpec[] {
  const specs = names.map((name) => specOf(name) ?? name);
  const unknown = specs.filter((spec) => typeof spec === 'string');
  if (unknown.length > 0)
    throw new ColdrailError('config.unknown-key', {
      names: unknown.join(', '),
      known: SCHEMA.map(({ name }) => name).join(', '),
    });
  return specs.filter((spec) => typeof spec !== 'string');
}

/** "intervalS 300 apn iot.example" as values. */
function pairs(words: readonly string[]): DisplayValues {
  if (words.length % 2 !== 0)
    throw new ColdrailError('usage.unknown-option', {
      detail: `config set takes a key and its value in turn, and ${words.at(-1)} has none`,
    });
  const specs = known(words.filter((_, at) => at % 2 === 0));
  const values: Record<string, ReturnType<typeof fromWord>> = {};
  specs.forEach((spec, at) => {
    const word = words[2 * at + 1] ?? '';
    if (spec.isSecret) throw new ColdrailError('config.secret-typed', { key: spec.name });
    const value = fromWord(spec, numberWord(spec, word));
    const inFlash = stored(spec, value);
    if (inFlash === undefined || valueFault(spec, inFlash, false) !== OK)
      throw new ColdrailError('config.bad-value', { key: spec.name, text: word, range: rangeOf(spec) });
    values[spec.name] = value;
  });
  return values;
}

function changeLines(changes: readonly ConfigChange[]): string[] {
  return changes.map(({ spec, from, to }) => `${spec.name}: ${wordsOf(spec, from)} -> ${wordsOf(spec, to)}`);
}

function changesOf(changes: readonly ConfigChange[]) {
  return changes.map(({ spec, from, to }) => ({
    key: spec.name,
    from,
    to: spec.isSecret ? wordsOf(spec, to) : to,
  }));
}

async function apply(
  session: Session,
  values: DisplayValues,
  flags: ChangeFlags,
  print: Print,
): Promise<void> {
  await session.unlock();
  const { changes, wasSaved, generation } = await applyConfig(session.client, values, {
    who: whoOf(flags.who),
    onProgress: tell,
    reconnect: session.reconnect,
    confirm: async (planned) => {
      for (const line of changeLines(planned)) tell(`  ${line}`);
      return await confirm('Save this, and restart the tracker?', flags.yes);
    },
  });
  if (changes.length > 0 && !wasSaved) {
    tell('Nothing was changed.');
    process.exitCode = 1;
  }
  if (flags.json)
    print(JSON.stringify({ wasSaved, generation: generation ?? null, changes: changesOf(changes) }));
  else if (changes.length === 0) print('The tracker has all of that already.');
  else if (wasSaved) print(`Saved as generation ${generation}; each key was read back after the restart.`);
}

function getCommand(print: Print): Command {
  return deviceCommand('get')
    .description('print what is configured; of a secret only whether it is set')
    .argument('[keys...]', 'names of docs/config.md (default: all)')
    .action((keys: string[], flags: DeviceFlags) => {
      const specs = known(keys);
      return withTracker(flags, async ({ client }) => {
        const values = await readConfig(client, keys.length === 0 ? undefined : keys);
        if (flags.json) print(JSON.stringify(values, null, 2));
        else if (specs.length === 1 && specs[0]) print(String(values[specs[0].name] ?? 'none'));
        else
          for (const [name, value] of Object.entries(values)) {
            const spec = specOf(name);
            if (spec) print(`${name.padEnd(20)}${wordsOf(spec, value)}`);
          }
      });
    });
}

function setCommand(print: Print): Command {
  return deviceCommand('set')
    .description('change some keys, save them, restart, and read them back')
    .argument('<words...>', 'KEY VALUE, as in intervalS 300 apn iot.example; none empties a key')
    .addOption(whoOption())
    .action((words: string[], flags: ChangeFlags) => {
      const values = pairs(words);
      return withTracker(flags, (session) => apply(session, values, flags, print));
    });
}

function applyCommand(print: Print): Command {
  return deviceCommand('apply')
    .description('bring a configuration file into the tracker: all of it or nothing, read back key by key')
    .argument('<file>', 'as config export writes it; secrets may stand in it; - for standard input')
    .addOption(whoOption())
    .action((file: string, flags: ChangeFlags) => {
      const values = readConfigFile(file);
      return withTracker(flags, (session) => apply(session, values, flags, print));
    });
}

function diffCommand(print: Print): Command {
  return deviceCommand('diff')
    .description('what config apply would change; exit code 0 when nothing, else 1')
    .argument('<file>', 'as config export writes it; - for standard input')
    .action((file: string, flags: DeviceFlags) => {
      const values = readConfigFile(file);
      return withTracker(flags, async ({ client }) => {
        const changes = await diffConfig(client, values);
        if (flags.json) print(JSON.stringify(changesOf(changes), null, 2));
        else for (const line of changeLines(changes)) print(line);
        process.exitCode = changes.length === 0 ? 0 : 1;
      });
    });
}

function exportCommand(print: Print): Command {
  return deviceCommand('export')
    .description('write the configuration to a file, without its secrets and the trip under way')
    .argument('<file>', 'JSON; - for standard output')
    .action((file: string, flags: DeviceFlags) =>
      withTracker(flags, async ({ client, hello }) => {
        const { [OF_THE_TRIP]: _trip, ...values } = await readConfig(client);
        const config = Object.fromEntries(Object.entries(values).filter(([name]) => !specOf(name)?.isSecret));
        const about = { device: hello.device, version: hello.version, at: new Date().toISOString() };
        const text = JSON.stringify({ format: FILE_FORMAT, ...about, config }, null, 2);
        if (file === '-') return print(text);
        try {
          writeFileSync(file, `${text}\n`);
        } catch (error) {
          throw new ColdrailError('usage.unwritable', { file, detail: (error as Error).message });
        }
        tell(`${Object.keys(config).length} keys written to ${file}.`);
      }),
    );
}

/** `coldrail config` */
export function configCommand(print: Print): Command {
  return new Command('config')
    .description('read and change what a tracker is configured to do')
    .addCommand(getCommand(print))
    .addCommand(setCommand(print))
    .addCommand(applyCommand(print))
    .addCommand(diffCommand(print))
    .addCommand(exportCommand(print))
    .action(() => {
      throw new ColdrailError('usage.unknown-option', {
        detail: 'config takes what to do: get, set, apply, diff or export',
      });
    });
}
