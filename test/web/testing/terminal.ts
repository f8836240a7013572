import type { Browser } from 'playwright-core';
import { consoleCommands } from '../../../tools/console/commands/all.ts';
import type { Port } from '../../../tools/console/port.ts';
import { openPty } from '../../../tools/serial/pty-line.ts';

const WIDTH_PX = 700;
const STYLE = `
  body { margin: 0; background: #10151a; }
  pre { margin: 0; padding: 14px 18px; color: #e6ebf0; font: 13px/1.4 "Liberation Mono", monospace; white-space: pre-wrap; }
`;

/** What a person sees who gives these commands to a tracker behind a serial line, each as "status". */
export async function commanded(tracker: Port, commands: readonly string[]): Promise<string> {
  const line = openPty();
  line.onText((text) => void tracker.write(text));
  tracker.onText((text) => line.say(text));
  const said: string[] = [];
  for (const words of commands) {
    said.push(`$ npx coldrail ${words}`);
    const [name, ...rest] = words.split(' ');
    const command = consoleCommands((text) => said.push(text)).find((one) => one.name() === name);
    await command?.parseAsync([...rest, '--port', line.path], { from: 'user' });
    said.push('');
  }
  process.exitCode = undefined;
  line.pull();
  return said.join('\n').trimEnd();
}

/** A text as it stands in a terminal, as a picture. */
export async function shootTerminal(browser: Browser, text: string, path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH_PX, height: 200 } });
  await page.setContent(`<style>${STYLE}</style><pre></pre>`);
  await page.locator('pre').evaluate((place, content) => {
    place.textContent = content;
  }, text);
  await page.locator('pre').screenshot({ path });
  await page.context().close();
}
