import { readConfig } from '../../console/read-config.ts';
import type { App } from './app.ts';
import { ConfigDraft } from './config-draft.ts';

/** Read every key of the tracker for the forms. */
export async function readDraft(app: App): Promise<void> {
  app.visit.draft = new ConfigDraft(await readConfig(app.session.client));
}
