import { expect, test } from 'vitest';
import type { SerialPortLike } from './serial-api.ts';
import { webPorts } from './web-ports.ts';
import { WebSerialPort } from './web-serial-port.ts';

/** A port of a browser whose other end is the test. */
class BrowserPort extends EventTarget implements SerialPortLike {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  readonly written: number[] = [];
  readonly signals: object[] = [];
  isBusy = false;
  hasSignals = true;
  incoming: ReadableStreamDefaultController<Uint8Array> | undefined;

  async open(): Promise<void> {
    if (this.isBusy) throw new DOMException('Failed to open serial port.', 'NetworkError');
    this.readable = new ReadableStream({
      start: (controller) => {
        this.incoming = controller;
      },
    });
    this.writable = new WritableStream({
      write: (bytes) => {
        this.written.push(...bytes);
      },
    });
  }

  async close(): Promise<void> {}

  async setSignals(signals: object): Promise<void> {
    if (!this.hasSignals) throw new DOMException('no lines', 'NetworkError');
    this.signals.push(signals);
  }
}

const opened = async () => {
  const browser = new BrowserPort();
  const port = await WebSerialPort.open(browser);
  let text = '';
  let ends = 0;
  port.onText((came) => {
    text += came;
  });
  port.onClosed(() => ends++);
  return { browser, port, text: () => text, ends: () => ends };
};

test('each character is one byte, both ways, from 0 to 255; flow control is no text', async () => {
  const { browser, port, text } = await opened();
  const all = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
  await port.write(all);
  expect(browser.written).toEqual([...all].map((character) => character.charCodeAt(0)));
  browser.incoming?.enqueue(Uint8Array.from(browser.written));
  await expect.poll(text).toBe(all.replace('\u0011', '').replace('\u0013', ''));
});

test.each([
  [
    'an error of the line',
    (one: BrowserPort) => one.incoming?.error(new DOMException('lost', 'NetworkError')),
  ],
  ['the end of the stream', (one: BrowserPort) => one.incoming?.close()],
  ['the word of the browser', (one: BrowserPort) => one.dispatchEvent(new Event('disconnect'))],
])('a pulled cable is told once: %s', async (_, pull) => {
  const { browser, port, ends } = await opened();
  pull(browser);
  await expect.poll(ends).toBe(1);
  await port.close();
  expect(ends()).toBe(1);
});

test('reset holds EN by RTS and leaves the boot loader alone; without such lines it says so', async () => {
  const { browser, port } = await opened();
  expect(await port.reset()).toBe(true);
  expect(browser.signals).toEqual([
    { dataTerminalReady: false, requestToSend: true },
    { dataTerminalReady: false, requestToSend: false },
  ]);
  browser.hasSignals = false;
  expect(await port.reset()).toBe(false);
});

test('a port that another program has is an error with a remedy', async () => {
  const browser = new BrowserPort();
  browser.isBusy = true;
  const ports = webPorts({
    requestPort: async () => browser,
    getPorts: async () => [browser],
    addEventListener: () => {},
  });
  await expect(ports.choose()).rejects.toMatchObject({ id: 'web.serial-busy' });
});

test('the port of before is taken again, and the only one there is; among several others none', async () => {
  const [one, other, third] = [new BrowserPort(), new BrowserPort(), new BrowserPort()];
  let there: BrowserPort[] = [other];
  const ports = webPorts({
    requestPort: async () => one,
    getPorts: async () => there,
    addEventListener: () => {},
  });
  await ports.choose();
  expect(await ports.again()).toBeInstanceOf(WebSerialPort);
  there = [one, third];
  expect(await ports.again()).toBeUndefined();
  there = [];
  expect(await ports.again()).toBeUndefined();
});

test('who closes the list of ports has chosen none', async () => {
  const ports = webPorts({
    requestPort: () => Promise.reject(new DOMException('No port selected.', 'NotFoundError')),
    getPorts: async () => [],
    addEventListener: () => {},
  });
  expect(await ports.choose()).toBeUndefined();
});
