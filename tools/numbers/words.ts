/** The English of what verdict.ts says in codes. Places are counted from 1. */
import type { Flaw, Next, Offer, Place, Slip } from './verdict.ts';

const places: Readonly<Record<Place, string>> = {
  letter: 'a letter A to Z',
  category: 'U, J or Z',
  digit: 'a digit',
  mark: 'a letter A to Z, a digit or a hyphen',
};

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function either(some: readonly (string | number)[]): string {
  return some.join(' or ');
}

/** What comes next, as a phrase: "4 more digits". */
export function nextWords(next: Next): string {
  switch (next.code) {
    case 'letters':
      return counted(next.left, 'more letter');
    case 'digits':
      return counted(next.left, 'more digit');
    case 'marks':
      return `up to ${counted(next.left, 'more letter')} or digits`;
    case 'category':
      return 'U for a container (J equipment, Z trailer)';
    case 'check-digit':
      return `the check digit, ${next.digit}`;
    case 'type':
      return `${either(next.known)}, and a colon`;
  }
}

/** Why a number is wrong, as a sentence without its stop. */
export function flawWords(flaw: Flaw): string {
  switch (flaw.code) {
    case 'empty':
      return 'nothing stands there';
    case 'character': {
      const meant = flaw.wanted === null ? '' : `, probably ${flaw.wanted}`;
      return `character ${flaw.at + 1} is ${flaw.found} and must be ${places[flaw.place]}${meant}`;
    }
    case 'too-short':
      return `it has ${counted(flaw.length, 'character')} and needs ${either(flaw.wanted)}`;
    case 'too-long':
      return `it has ${counted(flaw.length, 'character')}, ${flaw.most} at most`;
    case 'check-digit':
      return `the check digit is ${flaw.found}, and the others ask for ${flaw.wanted}`;
    case 'type':
      return `${flaw.found} is no type: ${either(flaw.known)}, and a colon`;
  }
}

/** What went wrong in writing, as a phrase. */
export function slipWords(slip: Slip): string {
  switch (slip.code) {
    case 'transposed':
      return `characters ${slip.at + 1} and ${slip.at + 2} swapped`;
    case 'missing':
      return `check digit ${slip.wanted} missing`;
    case 'check-digit':
      return `check digit ${slip.found} for ${slip.wanted}`;
    case 'type':
      return `${slip.wanted} missing`;
    default:
      return `${slip.found} for ${slip.wanted} as character ${slip.at + 1}`;
  }
}

/** What was probably meant: "CSQU3054383 (check digit 4 for 3)"; empty for no offers. */
export function offerWords(offers: readonly Offer[]): string {
  return offers.map(({ number, slips }) => `${number} (${slips.map(slipWords).join(', ')})`).join('; ');
}
