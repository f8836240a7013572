import { existsSync } from 'node:fs';

const INTERVAL_MS = 500;

/**
 * Calls `gone` when the port's file is no longer there. serialport 13 notices a pulled cable only while it waits for bytes: when
 * it is just reading, a line that hung up gives 0 bytes, and it reads on for ever. What is returned ends it.
 */
export function watchPresence(path: string, gone: () => void): () => void {
  // Ports of Windows are no files; there a read fails.
  if (process.platform === 'win32') return () => {};
  const timer = setInterval(() => {
    if (!existsSync(path)) gone();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}
