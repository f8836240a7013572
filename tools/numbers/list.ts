import { wrong } from './shape.ts';
import type { Flaw, Next, Offer, Open, Right, Slip, Wrong } from './verdict.ts';

/** How one number of a list is judged. */
export interface Part {
  readonly whole: (text: string) => Right | Wrong;
  readonly typing: (text: string) => Right | Open | Wrong;
}

function shifted<T extends Flaw | Slip | Next>(one: T, by: number): T {
  return 'at' in one ? { ...one, at: one.at + by } : one;
}

/** The same verdict on a number that stands behind something. */
export function behind<V extends Right | Open | Wrong>(before: string, verdict: V): V {
  const number = before + verdict.number;
  if (verdict.state !== 'wrong') return { ...verdict, number };
  const by = before.length;
  const offers = verdict.offers.map(
    (offer): Offer => ({
      number: before + offer.number,
      slips: offer.slips.map((slip) => shifted(slip, by)),
    }),
  );
  return { ...verdict, number, flaw: shifted(verdict.flaw, by), offers };
}

function tooLong(number: string, most: number): Wrong | undefined {
  return number.length > most ? wrong(number, { code: 'too-long', length: number.length, most }) : undefined;
}

function split(text: string): string[] {
  return text.split(/[,;\n]/);
}

/** Each way to make the whole list right: one number's offers, and what is likeliest for the others that are wrong. */
function together(verdicts: readonly (Right | Wrong)[], at: number, offers: readonly Offer[]): Offer[] {
  const others = verdicts.map((one): Offer | undefined =>
    one.state === 'right' ? { number: one.number, slips: [] } : one.offers[0],
  );
  return offers.flatMap((offer) => {
    const all = others.map((one, index) => (index === at ? offer : one));
    if (all.includes(undefined)) return [];
    let whole: Offer = { number: '', slips: [] };
    for (const [index, one] of all.entries()) {
      const before = whole.number + (index > 0 ? ',' : '');
      const slips = (one?.slips ?? []).map((slip) => shifted(slip, before.length));
      whole = { number: before + (one?.number ?? ''), slips: [...whole.slips, ...slips] };
    }
    return [whole];
  });
}

/** Numbers with a comma between them, as a whole, `most` characters in all: the first that is wrong is told. */
export function checkList(text: string, part: Part, most: number): Right | Wrong {
  const verdicts = split(text).map(part.whole);
  const numbers = verdicts.map((verdict) => verdict.number);
  const number = numbers.join(',');
  const at = verdicts.findIndex((verdict) => verdict.state === 'wrong');
  const verdict = verdicts[at];
  if (verdict?.state !== 'wrong') return tooLong(number, most) ?? { state: 'right', number, next: null };
  const by = numbers.slice(0, at).join(',').length + (at > 0 ? 1 : 0);
  const offers = together(verdicts, at, verdict.offers).filter((offer) => offer.number.length <= most);
  return wrong(number, shifted(verdict.flaw, by), offers);
}

/** The same while it is typed: only the last number is not whole yet. */
export function typeList(text: string, part: Part, most: number): Right | Open | Wrong {
  const texts = split(text);
  const last = texts.pop() ?? '';
  const before = texts.length > 0 ? checkList(texts.join(','), part, most) : null;
  if (before?.state === 'wrong') return { ...before, number: `${before.number},${last.trim()}`, offers: [] };
  const verdict = behind(before ? `${before.number},` : '', part.typing(last));
  return tooLong(verdict.number, most) ?? verdict;
}
