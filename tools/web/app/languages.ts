import de from '../languages/de.json' with { type: 'json' };
import kk from '../languages/kk.json' with { type: 'json' };
import ru from '../languages/ru.json' with { type: 'json' };
import vi from '../languages/vi.json' with { type: 'json' };
import zh from '../languages/zh.json' with { type: 'json' };
import { english, type TextKey } from './english.ts';

export interface Language {
  /** What its speakers call it. */
  readonly name: string;
  readonly texts: Readonly<Record<TextKey, string>>;
}

/** In the order of the corridor, west to east, behind English. */
export const languages = {
  en: { name: 'English', texts: english },
  de: { name: 'Deutsch', texts: de },
  ru: { name: '\u0420\u0443\u0441\u0441\u043a\u0438\u0439', texts: ru },
  kk: { name: '\u049a\u0430\u0437\u0430\u049b\u0448\u0430', texts: kk },
  zh: { name: '\u4e2d\u6587', texts: zh },
  vi: { name: 'Ti\u1ebfng Vi\u1ec7t', texts: vi },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageCode = keyof typeof languages;

export function isLanguage(code: string): code is LanguageCode {
  return Object.hasOwn(languages, code);
}

/** The remembered choice, else the first of the person's languages that there is, else English. */
export function preferredLanguage(stored: string | null, wanted: readonly string[]): LanguageCode {
  const codes = [stored ?? '', ...wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '')];
  return codes.find(isLanguage) ?? 'en';
}
