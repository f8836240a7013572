import { isNone, specOf } from '../../console/display.ts';
import type { ConfigDraft } from './config-draft.ts';
import { element } from './element.ts';
import { valueText } from './value-text.ts';
import type { Change } from './visit.ts';
import type { Words } from './words.ts';

/** What differs between what is in force and what is wanted. */
export function changesOf(words: Words, draft: ConfigDraft): Change[] {
  return Object.keys(draft.wanted).flatMap((name) => {
    const spec = specOf(name);
    if (!spec) return [];
    const wanted = draft.value(name);
    const isReplaced = spec.isSecret && draft.inForce[name] === true && !isNone(wanted);
    return {
      name,
      before: valueText(words, spec, draft.inForce[name] ?? null),
      after: isReplaced ? words.say('value.replaced') : valueText(words, spec, wanted),
    };
  });
}

/** Old and new, one key below the other. */
export function changeList(words: Words, changes: readonly Change[]): Node {
  return element(
    'ul',
    { class: 'changes' },
    changes.map(({ name, before, after }) =>
      element(
        'li',
        {},
        element('span', { class: 'change-name' }, words.find(`key.${name}`) ?? name),
        element('del', {}, before),
        element('span', { class: 'arrow', 'aria-hidden': 'true' }, '\u2192'),
        element('ins', {}, after),
      ),
    ),
  );
}
