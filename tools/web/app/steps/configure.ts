import type { App, StepView } from '../app.ts';
import type { ConfigDraft } from '../config-draft.ts';
import { configField } from '../config-field.ts';
import { LONGEST_CONFIG_FILE, readConfigFile } from '../config-file.ts';
import { savedBox, summaryOf } from '../config-summary.ts';
import { button, hint } from '../controls.ts';
import { element, refill } from '../element.ts';
import { GROUPS } from '../groups.ts';
import { loadFile } from '../load-file.ts';
import { mark } from '../mark.ts';
import { needLine } from '../need-line.ts';
import { readDraft } from '../read-draft.ts';
import type { TextField } from '../text-field.ts';

/** The configuration as a form, what it would change, and the way into the tracker. */
export function configureStep(app: App): StepView {
  const missing = needLine(app);
  if (missing) return { body: missing };
  const { draft } = app.visit;
  return { body: draft ? form(app, draft) : reading(app) };
}

function reading(app: App): Node[] {
  const { words } = app;
  const progress = element(
    'p',
    { class: 'box box-wait', id: 'reading' },
    element('span', { class: 'spinner' }),
    words.say('configure.reading'),
  );
  if (!app.isBusy && !app.trouble) queueMicrotask(() => void app.attempt(() => readDraft(app)));
  if (!app.trouble) return [progress];
  return [
    button({
      id: 'read-again',
      kind: 'primary wide',
      text: words.say('configure.read-again'),
      onClick: () => app.attempt(() => readDraft(app)),
    }),
  ];
}

function form(app: App, draft: ConfigDraft): Node[] {
  const { words, visit } = app;
  const fields: { field: TextField; name: string }[] = [];
  const counts = new Map<string, HTMLElement>();
  const summary = element('section', { class: 'box', id: 'changes', 'aria-live': 'polite' });

  const update = (): void => {
    const problems = draft.problems();
    for (const { field } of fields) field.recheck?.();
    for (const [group, names] of GROUPS) {
      const wrong = names.filter((name) => problems.has(name)).length;
      const changed = names.filter((name) => draft.isChanged(name)).length;
      const place = counts.get(group);
      if (!place) continue;
      if (wrong > 0) refill(place, mark('bad'), words.say('configure.wrong', { count: wrong }));
      else if (changed > 0) refill(place, words.say('configure.changed', { count: changed }));
      else refill(place);
    }
    refill(summary, ...summaryOf(app, draft, problems.size));
  };
  const groups = GROUPS.map(([group, names]) => {
    const count = element('span', { class: 'count' });
    counts.set(group, count);
    const specs = names.flatMap((name) => draft.specs.filter((spec) => spec.name === name));
    const made = specs.map((spec) => {
      const field = configField({ words, draft, spec, onChange: update });
      fields.push({ field, name: spec.name });
      return field;
    });
    return element(
      'details',
      {
        class: 'group',
        id: `group-${group}`,
        open: visit.openGroups.has(group),
        ontoggle: remember(app, group),
      },
      element('summary', {}, words.find(`group.${group}`) ?? group, count),
      made,
    );
  });
  update();
  return [...savedBox(app), hint(words.say('configure.help')), file(app, draft), ...groups, summary];
}

function remember({ visit }: App, group: string): (event: Event) => void {
  return ({ target }) => {
    if ((target as HTMLDetailsElement).open) visit.openGroups.add(group);
    else visit.openGroups.delete(group);
  };
}

function file(app: App, draft: ConfigDraft): Node {
  return loadFile({
    id: 'config-file',
    text: app.words.say('configure.load'),
    most: LONGEST_CONFIG_FILE,
    onText: (text) =>
      app.attempt(async () => {
        const { values, unknown } = readConfigFile(text);
        for (const [name, value] of Object.entries(values)) {
          // An exported file says of a secret only that it is set: that is no new one.
          if (value !== true || !draft.isSecret(name)) draft.want(name, value);
        }
        app.visit.unknownNames = unknown;
        const problems = draft.problems();
        for (const [group, names] of GROUPS)
          if (names.some((name) => problems.has(name))) app.visit.openGroups.add(group);
      }),
  });
}
