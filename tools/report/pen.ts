/**
 * Writes SVG path data small: steps relative to the last point, in tenths of a unit, and no step shorter than `minStep`
 * unless it ends a line. Rounding never adds up, as each step starts from the rounded point. The methods are the part
 * of a canvas context that d3-geo draws on.
 */
export class Pen {
  readonly #minStep: number;
  #data = '';
  #start: Tenths = [0, 0];
  #steps: string[] = [];
  #last: Tenths = [0, 0];
  #skipped: Tenths | undefined;
  #open = false;

  constructor(minStep = 0) {
    this.#minStep = minStep * 10;
  }

  moveTo(x: number, y: number): void {
    this.#endLine();
    this.#start = tenths(x, y);
    this.#last = this.#start;
    this.#open = true;
  }

  lineTo(x: number, y: number): void {
    const to = tenths(x, y);
    if (Math.hypot(to[0] - this.#last[0], to[1] - this.#last[1]) < this.#minStep) this.#skipped = to;
    else this.#step(to);
  }

  /** Ends a ring; one that covers nothing at this scale is left out. */
  closePath(): void {
    if (this.#steps.length >= 2) this.#write('z');
    this.#forget();
  }

  /** d3-geo draws points as arcs; Coldrail draws its own. */
  arc(): void {}

  beginPath(): void {}

  /** The path data so far. A line that stands on one point is kept, so that a round cap shows it as a dot. */
  toString(): string {
    this.#endLine();
    return this.#data;
  }

  #endLine(): void {
    if (!this.#open) return;
    if (this.#skipped !== undefined) this.#step(this.#skipped);
    if (this.#steps.length === 0) this.#steps.push('0 0');
    this.#write('');
    this.#forget();
  }

  #step(to: Tenths): void {
    this.#steps.push(pair([to[0] - this.#last[0], to[1] - this.#last[1]]));
    this.#last = to;
    this.#skipped = undefined;
  }

  #write(end: string): void {
    const steps = this.#steps.reduce((all, step) => `${all}${step.startsWith('-') ? '' : ' '}${step}`);
    this.#data += `M${pair(this.#start)}l${steps}${end}`;
  }

  #forget(): void {
    this.#steps = [];
    this.#skipped = undefined;
    this.#open = false;
  }
}

type Tenths = readonly [number, number];

function tenths(x: number, y: number): Tenths {
  return [Math.round(x * 10), Math.round(y * 10)];
}

function pair([x, y]: Tenths): string {
  return `${short(x)}${y < 0 ? '' : ' '}${short(y)}`;
}

function short(value: number): string {
  return String(value / 10).replace(/^(-?)0\./, '$1.');
}
