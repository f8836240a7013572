const INTERVAL_MS = 5;

/** From Node 26.3 on reads of serialport 13 stall unless the event loop turns by itself (serialport/bindings-cpp#239). */
export function needsHeartbeat(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  return major > 26 || (major === 26 && minor >= 3);
}

/** Keep reads going while a port is open, where that is needed; what is returned ends it. */
export function heartbeat(nodeVersion = process.version): () => void {
  if (!needsHeartbeat(nodeVersion)) return () => {};
  const timer = setInterval(() => {}, INTERVAL_MS);
  return () => clearInterval(timer);
}
