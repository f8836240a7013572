const INTERVAL_MS = 200;

/** How far a transfer is, with its rate and what is left of it; on anything but a terminal a line for every quarter. */
export function transferLine(
  stream: NodeJS.WriteStream,
  now: () => number = Date.now,
): { show: (bytes: number, totalBytes: number) => void; end: () => void } {
  const isAnimated = stream.isTTY && process.env['TERM'] !== 'dumb';
  const startMs = now();
  let shownMs = 0;
  let shownQuarters = 0;
  let isShown = false;
  return {
    show: (bytes, totalBytes) => {
      const elapsedMs = now() - startMs;
      const text = `${kilobytes(bytes)} of ${kilobytes(totalBytes)} kB${pace(bytes, totalBytes, elapsedMs)}`;
      if (isAnimated) {
        if (elapsedMs - shownMs < INTERVAL_MS && bytes < totalBytes) return;
        shownMs = elapsedMs;
        stream.write(`\r${text}\x1b[K`);
        isShown = true;
      } else if (Math.floor((4 * bytes) / totalBytes) > shownQuarters) {
        shownQuarters = Math.floor((4 * bytes) / totalBytes);
        stream.write(`${text}\n`);
      }
    },
    end: () => {
      if (isShown) stream.write('\n');
    },
  };
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

function pace(bytes: number, totalBytes: number, elapsedMs: number): string {
  if (bytes === 0 || elapsedMs <= 0) return '';
  const leftS = Math.ceil(((totalBytes - bytes) * elapsedMs) / bytes / 1000);
  return `, ${(bytes / elapsedMs).toFixed(1)} kB/s, ${leftS} s left`;
}
