import { mkdirSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { ColdrailError } from '../errors/error.ts';
import { integerOption } from '../ride/options.ts';
import { buildPage } from './build.ts';
import { servePage } from './serve.ts';

const FOLDER = 'dist';
const FILE = `${FOLDER}/coldrail.html`;

interface Flags {
  readonly serve: boolean;
  readonly listen: number;
}

/** `coldrail web`: ends with Ctrl-C while it serves. */
export function webCommand(print: (text: string) => void): Command {
  return new Command('web')
    .description(`build the technician's page, ${FILE}, and serve it on this computer`)
    .option('--no-serve', 'only build the file; a browser opens it from disk as well')
    .option(
      '--listen <port>',
      'port of http://localhost to serve it on',
      (text: string) => integerOption('--listen', text, 1, 65535),
      8080,
    )
    .action(async ({ serve, listen }: Flags) => {
      const html = await buildPage();
      write(html);
      print(`${FILE}  ${Buffer.byteLength(html)} bytes`);
      if (!serve) return;
      const { url } = await servePage(html, listen);
      print(`${url}  (open it in Chrome or Edge; Ctrl-C ends)`);
    });
}

function write(html: string): void {
  try {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(FILE, html);
  } catch (error) {
    throw new ColdrailError('web.unwritable', {
      path: FILE,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}
