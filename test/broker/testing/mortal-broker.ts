/** Brokers that can be killed and come back on the same port. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, startBroker } from '../../../tools/broker/broker.ts';
import { checkBroker } from '../../../tools/broker/check.ts';

export interface MortalBroker {
  readonly url: string;
  /** Dead at once, without a goodbye; what it held is gone. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** For good. */
  end(): Promise<void>;
}

export async function embeddedBroker(): Promise<MortalBroker> {
  let broker: Broker = await startBroker();
  const { port, url } = broker;
  return {
    url,
    kill: () => broker.stop(),
    restart: async () => {
      broker = await startBroker({ port });
    },
    end: () => broker.stop(),
  };
}

/** Where Debian and others put it is not always in the path. */
const PLACES = ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'];

/** The command that starts Eclipse Mosquitto; undefined where it is not installed. */
export function findMosquitto(): string | undefined {
  return PLACES.find((path) => spawnSync(path, ['-h']).error === undefined);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function mosquittoBroker(command: string): Promise<MortalBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-mosquitto-'));
  const port = await freePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const settings = join(folder, 'mosquitto.conf');
  writeFileSync(
    settings,
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n`,
  );
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const started = spawn(command, ['-c', settings], { stdio: 'ignore' });
    child = started;
    // It may take a moment until it listens; a broker that has died in the meantime never will.
    while (started.exitCode === null) {
      const answers = await checkBroker(url).then(
        () => true,
        () => false,
      );
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${command} ended with ${started.exitCode}`);
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const dead = once(running, 'exit');
    running.kill('SIGKILL');
    await dead;
  }

  await start();
  return {
    url,
    kill,
    restart: start,
    end: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
