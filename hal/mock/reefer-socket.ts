import type { ReeferSocket, SocketSignals } from '../reefer-socket.ts';

export interface MockReeferSocket extends ReeferSocket {
  /** Null for a socket that nobody can read. */
  signals: SocketSignals | null;
}

export function mockReeferSocket(signals: SocketSignals | null = null): MockReeferSocket {
  const mock: MockReeferSocket = { signals, read: () => mock.signals };
  return mock;
}
