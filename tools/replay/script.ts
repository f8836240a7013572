import { kindOf, matches } from './at-command.ts';
import type { Block, Life } from './lives.ts';

/** How far ahead a command is looked for before what was passed over is. */
const NEAR = 8;

export interface Found {
  readonly block: Block;
  readonly fit: 'exact' | 'differs';
  /** Lines of what is passed over. */
  readonly skipped: readonly number[];
  /** It stands before what was used last. */
  readonly late: boolean;
}

/** The commands of a modem's life, each of which is used once; the tracker may leave some out, or take another order. */
export class Script {
  readonly #blocks: readonly Block[];
  readonly #used = new Set<Block>();
  /** Index of what comes next. */
  #next = 0;

  constructor(life: Life) {
    this.#blocks = life.blocks;
  }

  get fresh(): boolean {
    return this.#used.size === 0;
  }

  /** Lines of what was not used. */
  get unused(): number[] {
    return this.#blocks.filter((block) => !this.#used.has(block)).map(({ expect }) => expect.line);
  }

  /** The next command, if it is `command` and gets no answer. */
  takeSilent(command: string): Found | undefined {
    const block = this.#blocks[this.#next];
    if (block === undefined || block.items.length > 0 || !matches(block.expect.text, command))
      return undefined;
    return this.#use(this.#next, 'exact');
  }

  /**
   * What the modem does about `command`: what comes next where that is it, exactly or with other arguments, or what is
   * nearest. A plain AT can stand anywhere, and is not looked for.
   */
  take(command: string): Found | undefined {
    const kind = kindOf(command);
    const exact = (index: number): boolean => matches(this.#blocks[index].expect.text, command);
    const alike = (index: number): boolean => kindOf(this.#blocks[index].expect.text) === kind;
    const next = this.#blocks[this.#next] && !this.#used.has(this.#blocks[this.#next]) ? this.#next : -1;
    if (next >= 0 && exact(next)) return this.#use(next, 'exact');
    if (command === 'AT') return undefined;
    if (next >= 0 && alike(next)) return this.#use(next, 'differs');
    const order = this.#byDistance();
    const same = order.find(exact);
    if (same !== undefined) return this.#use(same, 'exact');
    const other = order.find(alike);
    return other === undefined ? undefined : this.#use(other, 'differs');
  }

  /** Whether the modem answers anything that is still to come. */
  get goesOn(): boolean {
    return this.#blocks.some(
      (block, index) =>
        index >= this.#next && !this.#used.has(block) && block.items.some(({ kind }) => kind === 'send'),
    );
  }

  /** Unused indexes: shortly ahead, then what was passed over, then far ahead. */
  #byDistance(): number[] {
    const unused = [...this.#blocks.keys()].filter((index) => !this.#used.has(this.#blocks[index]));
    const ahead = unused.filter((index) => index >= this.#next);
    return [...ahead.slice(0, NEAR), ...unused.filter((index) => index < this.#next), ...ahead.slice(NEAR)];
  }

  #use(index: number, fit: 'exact' | 'differs'): Found {
    const block = this.#blocks[index];
    const skipped = this.#blocks
      .slice(this.#next, index)
      .filter((each) => !this.#used.has(each))
      .map(({ expect }) => expect.line);
    const late = index < this.#next;
    this.#used.add(block);
    this.#next = index + 1;
    while (this.#next < this.#blocks.length && this.#used.has(this.#blocks[this.#next])) this.#next++;
    return { block, fit, skipped, late };
  }
}
