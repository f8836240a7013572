import type { Display } from '../../console/display.ts';
import { readConfig } from '../../console/read-config.ts';
import * as trips from '../../console/trip.ts';
import type { App } from './app.ts';
import { ConfigDraft } from './config-draft.ts';
import { TRIP_KEYS } from './groups.ts';

/**
 * Begin a trip with what is wanted of container, wagon, papers and seals; the tracker restarts, and its configuration is read.
 * @throws as `startTrip` of tools/console
 */
export async function startTrip(app: App, draft: ConfigDraft): Promise<void> {
  const { session, visit } = app;
  const wanted: Record<string, Display> = {};
  for (const name of TRIP_KEYS) if (draft.isChanged(name)) wanted[name] = draft.value(name);
  await trips.startTrip(session.client, visit.tripName, wanted, options(app));
  visit.draft = new ConfigDraft(await readConfig(session.client));
  visit.trip = { at: Date.now(), name: visit.tripName };
}

/** @throws as `stopTrip` of tools/console */
export async function endTrip(app: App): Promise<void> {
  const { session, visit } = app;
  await trips.stopTrip(session.client, options(app));
  visit.draft = new ConfigDraft(await readConfig(session.client));
  visit.trip = undefined;
}

function options({ session, visit }: App): trips.TripOptions {
  return { who: visit.who, reconnect: () => session.afterRestart() };
}
