const BAR_WIDTH = 30;

/** A progress bar that shows where the train is; on anything but a terminal, a line for every tenth of the way. */
export function progressLine(stream: NodeJS.WriteStream): {
  show: (hour: number, hours: number, place: string) => void;
  end: () => void;
} {
  const animated = stream.isTTY && process.env['TERM'] !== 'dumb';
  let shownTenths = 0;
  let shown = false;
  return {
    show: (hour, hours, place) => {
      const part = hour / hours;
      const day = `day ${(hour / 24).toFixed(1).padStart(4)}`;
      if (animated) {
        const done = Math.round(part * BAR_WIDTH);
        stream.write(`\r[${'='.repeat(done)}${' '.repeat(BAR_WIDTH - done)}] ${day}  ${place}\x1b[K`);
        shown = true;
      } else if (Math.floor(part * 10) > shownTenths) {
        shownTenths = Math.floor(part * 10);
        stream.write(`${day}  ${place}\n`);
      }
    },
    end: () => {
      if (shown) stream.write('\n');
    },
  };
}
