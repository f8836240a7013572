import { createHash } from 'node:crypto';
import type { Network, Stream } from './network.ts';

/** What went over the streams of a network, in order. */
export interface Recording {
  /** Streams that were opened. */
  streams: number;
  /** Bytes of the device, and of the far side, without anything below MQTT. */
  up: number;
  down: number;
  /** SHA-256 over every send and every answer, each with its length and direction; hexadecimal. */
  digest(): string;
}

/** A network that keeps an account of all that passes through another. */
export function recordingNetwork(network: Network): Network & { recording: Recording } {
  const hash = createHash('sha256');
  const recording: Recording = { streams: 0, up: 0, down: 0, digest: () => hash.copy().digest('hex') };
  const note = (direction: string, bytes: Uint8Array): void => {
    hash.update(`${direction}${bytes.length}:`).update(bytes);
  };
  return {
    recording,
    connect: async (target) => {
      const connected = await network.connect(target);
      if (!connected.ok) return connected;
      recording.streams++;
      hash.update('open');
      const send = connected.stream.send.bind(connected.stream);
      const stream: Stream = connected.stream;
      stream.send = async (bytes) => {
        note('up', bytes);
        recording.up += bytes.length;
        const answers = await send(bytes);
        for (const answer of answers) {
          note('down', answer);
          recording.down += answer.length;
        }
        return answers;
      };
      return { ok: true, stream };
    },
  };
}
