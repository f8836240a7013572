/** The numbers on boxes, wagons and papers, and their check digits. The device tells right from wrong; tools/numbers/ says why. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
export const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Digits of a CIM consignment number that the check digit is about, and that digit: 70268-8. */
export const CIM_CHECKED = 6;
/** Characters of a seal's number, or a consignment note's, at most. */
export const LONGEST_NUMBER = 16;

/** Whether all of a text is made of these characters; true for an empty one. */
export function isOf(characters: string, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (characters.indexOf(text.charAt(i)) < 0) return false;
  return true;
}

/** Whether a text is 1 to `longest` of A-Z a-z 0-9 - _. */
export function isId(text: string, longest: number): boolean {
  return text !== '' && text.length <= longest && isOf(ID_CHARACTERS, text);
}

/** Whether the last digit is right for those before it: weights 2, 1, 2 ... from the right (ISO/IEC 7812-1, Annex B). */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(i) - 48;
    const weighted = (digits.length - i) % 2 === 0 ? 2 * digit : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Whether a number has the shape of ISO 6346: owner (3 letters), U, J or Z, serial (6 digits), check digit. */
export function isContainerShape(text: string): boolean {
  const letters = text.substr(0, 4);
  const digits = text.substr(4);
  if (text.length !== 11 || !isOf(LETTERS, letters) || !isOf(DIGITS, digits)) return false;
  return 'UJZ'.indexOf(letters.charAt(3)) >= 0;
}

/** The check digit of the first ten characters (ISO 6346, Annex A): letters are 10 to 38 without multiples of 11. */
export function containerCheckDigit(text: string): number {
  let sum = 0;
  for (let i = 0; i < 10; i++) {
    const at = LETTERS.indexOf(text.charAt(i));
    const value =
      at < 0 ? text.charCodeAt(i) - 48 : at + 10 + (at > 0 ? 1 : 0) + (at > 10 ? 1 : 0) + (at > 20 ? 1 : 0);
    sum += value << i;
  }
  return (sum % 11) % 10;
}

/** Whether `text` is `type`, a colon, and 1 to 16 of A-Z 0-9 -. */
function isNumbered(text: string, type: string): boolean {
  const number = text.substr(type.length + 1);
  if (text.substr(0, type.length + 1) !== `${type}:`) return false;
  return number.length > 0 && number.length <= LONGEST_NUMBER && isOf(`${LETTERS}${DIGITS}-`, number);
}

/** Whether each of "TYPE:NUMBER,TYPE:NUMBER" has a type of ISO 17712: H high security, S security, I indicative. */
export function isSeals(text: string): boolean {
  return text.split(',').every((one) => isNumbered(one, 'H') || isNumbered(one, 'S') || isNumbered(one, 'I'));
}

/** Whether each of "CIM:DIGITS,SMGS:NUMBER" has the shape of a consignment note's number. An SMGS number has no check digit. */
export function isConsignmentShape(text: string): boolean {
  return text.split(',').every((one) => {
    const digits = one.substr(4);
    if (isNumbered(one, 'CIM')) return digits.length >= CIM_CHECKED && isOf(DIGITS, digits);
    return isNumbered(one, 'SMGS');
  });
}

/** Whether the check digits of CIM numbers are right (CIT: over the five digits of the consignment). */
export function isConsignment(text: string): boolean {
  return text
    .split(',')
    .every((one) => one.charAt(0) !== 'C' || isLuhn(one.substr(one.length - CIM_CHECKED)));
}

/** Whether a wagon's number has 12 digits (UIC 438) or 8 (1520 mm). */
export function isWagonShape(text: string): boolean {
  return isOf(DIGITS, text) && (text.length === 8 || text.length === 12);
}
