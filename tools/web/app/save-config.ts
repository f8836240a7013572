import { NOT_READ_BACK } from '../../../hal/faults.ts';
import { applyConfig } from '../../console/apply.ts';
import { ConfigRefused, problemOf } from '../../console/config-problem.ts';
import { isSame, specOf } from '../../console/display.ts';
import { readConfig } from '../../console/read-config.ts';
import type { App } from './app.ts';
import { changesOf } from './change-list.ts';
import { ConfigDraft } from './config-draft.ts';

/**
 * Write what is wanted, restart the tracker, and read back every key: those that were changed and those that were not.
 * @throws as `applyConfig`
 */
export async function saveConfig(app: App, draft: ConfigDraft): Promise<void> {
  const { session, visit, words } = app;
  const changes = changesOf(words, draft);
  const device =
    typeof draft.wanted['deviceId'] === 'string' ? draft.wanted['deviceId'] : session.hello?.device;
  const { generation, client } = await applyConfig(session.client, draft.wanted, {
    who: visit.who,
    reconnect: () => session.afterRestart(device),
  });
  const now = await readConfig(client);
  const wrong = Object.entries(now).filter(([name, shown]) => {
    const spec = specOf(name);
    if (!draft.isChanged(name)) return shown !== draft.inForce[name];
    return !spec || !isSame(spec, draft.value(name), shown);
  });
  if (wrong.length > 0)
    throw new ConfigRefused(
      'config.not-read-back',
      wrong.map(([name]) => problemOf(name, NOT_READ_BACK)),
    );
  visit.draft = new ConfigDraft(now);
  visit.unknownNames = [];
  visit.saves.push({
    at: Date.now(),
    generation: generation ?? 0,
    changes,
    readBack: Object.keys(now).length,
  });
}
