import { ColdrailError } from '../../errors/error.ts';
import type { SerialLike, SerialPortLike } from './serial-api.ts';
import type { Ports } from './session.ts';
import { WebSerialPort } from './web-serial-port.ts';

/** The ports that the browser lends to the page. Opening one throws ColdrailError `web.serial-busy`. */
export function webPorts(serial: SerialLike): Ports {
  let chosen: SerialPortLike | undefined;
  return {
    choose: async () => {
      const port = await serial.requestPort().catch(orNone);
      if (!port) return undefined;
      chosen = port;
      return open(port);
    },
    again: async () => {
      const ports = await serial.getPorts();
      const same = ports.find((port) => port === chosen);
      // A port that went away and came back may be another object; with one port there is no doubt which it is.
      const port = same ?? (ports.length === 1 ? ports[0] : undefined);
      chosen = port ?? chosen;
      return port && open(port);
    },
  };
}

function orNone(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
  throw error;
}

async function open(port: SerialPortLike): Promise<WebSerialPort> {
  try {
    return await WebSerialPort.open(port);
  } catch {
    throw new ColdrailError('web.serial-busy');
  }
}
