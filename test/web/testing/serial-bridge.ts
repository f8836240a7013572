import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Port } from '../../../tools/console/port.ts';

/** The other end of the cable. */
export interface Socket {
  /** A new line to the tracker; undefined while the cable is out. */
  connect(): Port | undefined;
}

/** What the page's side of the bridge hears from here. */
interface BridgeWindow {
  bridgeHear(text: string): void;
  bridgeGone(): void;
  bridgePlugged(): void;
}

/** Put a serial port into a page's browser, with a tracker behind it. Call `plugged` when the cable is in again. */
export async function bridgeSerial(page: Page, socket: Socket): Promise<{ plugged(): Promise<void> }> {
  let port: Port | undefined;
  // One message to the page after the other, as they came.
  let queue = Promise.resolve();
  const tell = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch(() => {});
  };
  await page.exposeFunction('bridgeOpen', () => {
    const line = socket.connect();
    if (!line) return false;
    port = line;
    line.onText((text) =>
      tell(() => page.evaluate((said) => (window as unknown as BridgeWindow).bridgeHear(said), text)),
    );
    line.onClosed(() => {
      if (line === port) tell(() => page.evaluate(() => (window as unknown as BridgeWindow).bridgeGone()));
    });
    return true;
  });
  await page.exposeFunction('bridgeWrite', (text: string) => port?.write(text).catch(() => {}));
  await page.exposeFunction('bridgeReset', () => port?.reset());
  await page.exposeFunction('bridgeClose', async () => {
    const line = port;
    port = undefined;
    await line?.close();
  });
  await page.addInitScript({ path: fileURLToPath(new URL('install-serial.js', import.meta.url)) });
  return {
    plugged: () => page.evaluate(() => (window as unknown as BridgeWindow).bridgePlugged()),
  };
}
