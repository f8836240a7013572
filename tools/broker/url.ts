import { ColdrailError } from '../errors/error.ts';

export interface BrokerAddress {
  /** Without user name or password: fit to be shown. */
  url: string;
  host: string;
  port: number;
  tls: boolean;
}

const defaultPorts: Record<string, number> = { 'mqtt:': 1883, 'mqtts:': 8883 };

/** Parse mqtt://host:port or mqtts://host:port; throws `broker.url-invalid`. Port 1883 or 8883 when left out. */
export function parseBrokerUrl(text: string): BrokerAddress {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // Answered below, with everything else that is no address.
  }
  const defaultPort = url && defaultPorts[url.protocol];
  const port = url?.port ? Number(url.port) : defaultPort;
  if (
    !url?.hostname ||
    !defaultPort ||
    !port ||
    /^\/?$/.test(url.pathname) === false ||
    url.search ||
    url.hash
  ) {
    throw new ColdrailError('broker.url-invalid', { url: withoutCredentials(text) });
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { url: `${url.protocol}//${url.hostname}:${port}`, host, port, tls: url.protocol === 'mqtts:' };
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//');
}
