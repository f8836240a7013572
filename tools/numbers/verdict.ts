/**
 * What there is to say about a number that a person types: codes and parameters, in no language. words.ts has the English.
 * `at` counts characters of the normalised number from 0.
 */

/** The fields of a configuration that hold such numbers. */
export type NumberKind = 'container' | 'wagon' | 'consignment' | 'seals';

/** What may stand in one place of a number. `category`: U, J or Z of ISO 6346. `mark`: A-Z 0-9 -. */
export type Place = 'letter' | 'category' | 'digit' | 'mark';

/** What comes next, and how many of it are still to come; of `check-digit`, which one it must be. */
export type Next =
  | { readonly code: 'letters' | 'digits' | 'marks'; readonly left: number }
  | { readonly code: 'category' }
  | { readonly code: 'check-digit'; readonly digit: string }
  | { readonly code: 'type'; readonly known: readonly string[] };

/** Why a number is wrong. */
export type Flaw =
  | { readonly code: 'empty' }
  /** This character cannot stand there; `wanted` is what was probably meant, null where nothing looks like it. */
  | {
      readonly code: 'character';
      readonly at: number;
      readonly found: string;
      readonly place: Place;
      readonly wanted: string | null;
    }
  | { readonly code: 'too-short'; readonly length: number; readonly wanted: readonly number[] }
  | { readonly code: 'too-long'; readonly length: number; readonly most: number }
  /** The check digit does not fit the others: one of them is wrong, or `found` should be `wanted`. */
  | { readonly code: 'check-digit'; readonly at: number; readonly found: string; readonly wanted: string }
  | { readonly code: 'type'; readonly at: number; readonly found: string; readonly known: readonly string[] };

/** What a hand or an eye did to the right number. `transposed`: the characters at `at` and behind it. */
export type Slip =
  | { readonly code: 'transposed'; readonly at: number }
  | {
      readonly code: 'confused' | 'check-digit' | 'look-alike' | 'digit' | 'missing' | 'type';
      readonly at: number;
      readonly found: string;
      readonly wanted: string;
    };

/** A number that is right, and the slips that lead from it to what was typed. */
export interface Offer {
  readonly number: string;
  readonly slips: readonly Slip[];
}

export interface Right {
  readonly state: 'right';
  /** As the device takes it: upper case, without spaces. */
  readonly number: string;
  /** What a longer number would go on with; null where it can't be longer. */
  readonly next: Next | null;
}

/** Not yet right: `next` comes behind it. */
export interface Open {
  readonly state: 'open';
  readonly number: string;
  readonly next: Next;
}

/** Nothing that is typed behind it makes it right. */
export interface Wrong {
  readonly state: 'wrong';
  readonly number: string;
  readonly flaw: Flaw;
  /** What was probably meant, the likeliest first: 3 at most. */
  readonly offers: readonly Offer[];
}
