/** Maps the values from..to onto the pixels start..end. */
export function linear(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** Round steps (1, 2 or 5 times a power of ten) that cover low..high, about `count` of them; never fewer than two. */
export function ticks(low: number, high: number, count: number): number[] {
  if (low === high) return ticks(low - 0.5, high + 0.5, count);
  const step = roundStep((high - low) / count);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}
