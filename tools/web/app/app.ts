import { refill } from './element.ts';
import { type Explained, explain } from './explain.ts';
import { type Frame, frame } from './frame.ts';
import type { remember } from './memory.ts';
import type { Session } from './session.ts';
import { neighbour, type StepName } from './steps.ts';
import { newVisit, type Visit } from './visit.ts';
import type { Words } from './words.ts';

/** What a step puts into the page. */
export interface StepView {
  readonly body: readonly Node[];
  /** Called when it goes. */
  readonly leave?: () => void;
}

export type StepMaker = (app: App) => StepView;

/** The page: one step at a time, made anew from the visit whenever that changes. */
export class App {
  words: Words;
  visit: Visit;
  /** What went wrong last, until the next attempt. */
  trouble: Explained | undefined;
  readonly session: Session;
  /** Keeps the language and who works over the end of the page; does nothing where nothing can be kept. */
  readonly remember: typeof remember;
  readonly #makers: Readonly<Record<StepName, StepMaker>>;
  readonly #frame: Frame;
  #view: StepView | undefined;
  #jobs = 0;

  constructor(parts: {
    words: Words;
    session: Session;
    who: string;
    makers: Readonly<Record<StepName, StepMaker>>;
    remember: typeof remember;
  }) {
    this.words = parts.words;
    this.session = parts.session;
    this.visit = newVisit(parts.who);
    this.remember = parts.remember;
    this.#makers = parts.makers;
    this.#frame = frame(this);
    let state = this.session.state;
    this.session.onChange = () => {
      const isNew = state !== this.session.state;
      state = this.session.state;
      // The step that connects shows how far that is.
      if (isNew && this.visit.step === 'connect') this.render();
      else this.#frame.update();
    };
  }

  /** Something is under way: steps and language wait. */
  get isBusy(): boolean {
    return this.#jobs > 0;
  }

  go(step: StepName): void {
    this.visit.step = step;
    this.trouble = undefined;
    this.render();
    this.#frame.focusTitle();
  }

  goOn(): void {
    const next = neighbour(this.visit.step, 1);
    if (next) this.go(next);
  }

  /** Begin with another tracker. */
  startOver(): void {
    this.visit = newVisit(this.visit.who);
    this.trouble = undefined;
    this.render();
  }

  /** Make the page anew. What had the focus has it again. */
  render(): void {
    const focused = document.activeElement?.id;
    this.#view?.leave?.();
    this.#view = this.#makers[this.visit.step](this);
    refill(this.#frame.place, ...this.#view.body);
    this.#frame.update();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** Do what a person asked for; what goes wrong is told in the page. True when all went well. */
  async attempt(work: () => Promise<void>): Promise<boolean> {
    this.trouble = undefined;
    this.#jobs++;
    this.#frame.update();
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble = explain(error, this.words);
      return false;
    } finally {
      this.#jobs--;
      this.render();
    }
  }
}
