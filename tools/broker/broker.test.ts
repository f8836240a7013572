import { type AddressInfo, createServer } from 'node:net';
import mqtt from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import { type Broker, startBroker } from './broker.ts';
import { checkBroker } from './check.ts';
import { parseBrokerUrl } from './url.ts';

const running: Broker[] = [];

async function broker(options?: Parameters<typeof startBroker>[0]): Promise<Broker> {
  const started = await startBroker(options);
  running.push(started);
  return started;
}

afterEach(async () => {
  for (const started of running.splice(0)) await started.stop();
});

test('a broker that runs answers, and one that was stopped does not', async () => {
  const { url, stop } = await broker();
  await checkBroker(url);
  await stop();
  await expect(checkBroker(url)).rejects.toMatchObject({ id: 'broker.unreachable' });
});

test('stopping cuts every connection, and the port can be taken again at once', async () => {
  const first = await broker();
  const client = await mqtt.connectAsync(first.url, { reconnectPeriod: 0 });
  const cut = new Promise((resolve) => client.once('close', () => resolve('cut')));
  await first.stop();
  expect(await cut).toBe('cut');
  const second = await broker({ port: first.port });
  expect(second.url).toBe(first.url);
  await checkBroker(second.url);
  await client.endAsync(true);
});

test('stopping twice is stopping once', async () => {
  const { stop } = await broker();
  await Promise.all([stop(), stop()]);
});

test('a port in use and an address of another machine are told apart', async () => {
  const { port } = await broker();
  await expect(startBroker({ port })).rejects.toMatchObject({ id: 'broker.port-in-use' });
  await expect(startBroker({ host: '192.0.2.1' })).rejects.toMatchObject({ id: 'broker.cannot-listen' });
});

test('something that listens and speaks another protocol is no broker', async () => {
  const web = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { port } = web.address() as AddressInfo;
  await expect(checkBroker(`mqtt://127.0.0.1:${port}`)).rejects.toMatchObject({ id: 'broker.unreachable' });
  web.close();
});

test('a broker address is taken apart', () => {
  expect(parseBrokerUrl('mqtt://localhost')).toEqual({
    url: 'mqtt://localhost:1883',
    host: 'localhost',
    port: 1883,
    tls: false,
  });
  expect(parseBrokerUrl('mqtts://[::1]:7/')).toEqual({
    url: 'mqtts://[::1]:7',
    host: '::1',
    port: 7,
    tls: true,
  });
  expect(parseBrokerUrl('mqtt://ann:secret@broker.example:1884').url).toBe('mqtt://broker.example:1884');
});

test.each([
  '',
  'localhost',
  'localhost:1883',
  'http://localhost',
  'mqtt://',
  'mqtt://h:0',
  'mqtt://h:99999',
  'mqtt://h/x',
])('"%s" is no broker address', (text) => {
  expect(() => parseBrokerUrl(text)).toThrow(expect.objectContaining({ id: 'broker.url-invalid' }));
});

test('an address that is refused is repeated without its password', () => {
  expect(() => parseBrokerUrl('http://ann:secret@h')).toThrow(/"http:\/\/h"/);
});
