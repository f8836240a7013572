/** Cyrillic letters that look like Latin ones: a keyboard on the corridor may be set to either. */
const CYRILLIC = '\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0405\u0408';
const LATIN = 'ABEKMHOPCTYXISJ';

/** Upper case, Latin, one kind of hyphen, and no space at either end. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\u0400-\u04ff]/g, (letter) => LATIN.charAt(CYRILLIC.indexOf(letter)) || letter)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .trim();
}

/** A number that has neither spaces nor hyphens, as on a box or a wagon: "csqu 305438-3" is CSQU3054383. */
export function bare(text: string): string {
  return plain(text).replace(/[\s-]/g, '');
}

/**
 * A type and a number: "cim 70268-8" is CIM:702688. A hyphen stays where it may belong to the number, as in a seal's.
 * A type without a colon is taken for one where a space or a hyphen stands behind it.
 */
export function typed(text: string, types: readonly string[]): string {
  const tidy = plain(text)
    .replace(/\s*:\s*/, ':')
    .replace(new RegExp(`^(${types.join('|')})[\\s-]+`), '$1:')
    .replace(/\s/g, '');
  return tidy.startsWith('CIM:') ? tidy.replace(/-/g, '') : tidy;
}
