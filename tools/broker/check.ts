import mqtt from 'mqtt';
import { ColdrailError } from '../errors/error.ts';
import { causeOf } from './cause.ts';
import { parseBrokerUrl } from './url.ts';

/** How long a broker may take to answer, ms. */
const DEADLINE_MS = 5000;

/**
 * Connect once and leave again. Throws `broker.url-invalid`, or `broker.unreachable` when within 5 s nothing there
 * accepts an MQTT 3.1.1 connection.
 */
export async function checkBroker(url: string): Promise<void> {
  const { url: shown } = parseBrokerUrl(url);
  const client = mqtt.connect(url, { protocolVersion: 4, reconnectPeriod: 0, connectTimeout: DEADLINE_MS });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.on('error', reject);
      client.once('close', () => reject(new Error('it does not speak MQTT, or closed the connection')));
      setTimeout(() => reject(new Error('no answer within 5 s')), DEADLINE_MS).unref();
    });
  } catch (error) {
    throw new ColdrailError('broker.unreachable', { url: shown, detail: causeOf(error) });
  } finally {
    await client.endAsync(true);
  }
}
