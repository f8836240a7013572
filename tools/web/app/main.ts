import { App } from './app.ts';
import { preferredLanguage } from './languages.ts';
import { recall, remember } from './memory.ts';
import { browserSerial } from './serial-api.ts';
import { type Ports, Session } from './session.ts';
import { checkStep } from './steps/check.ts';
import { configureStep } from './steps/configure.ts';
import { connectStep } from './steps/connect.ts';
import { logStep } from './steps/log.ts';
import { protocolStep } from './steps/protocol.ts';
import { selfTestStep } from './steps/selftest.ts';
import { tripStep } from './steps/trip.ts';
import { webPorts } from './web-ports.ts';
import { Words } from './words.ts';

/** The console closes after five minutes without a key. */
const KEEP_OPEN_MS = 60_000;

const NO_PORTS: Ports = { choose: async () => undefined, again: async () => undefined };

const serial = browserSerial();
const session = new Session(serial ? webPorts(serial) : NO_PORTS);
const app = new App({
  session,
  words: new Words(preferredLanguage(recall('language'), navigator.languages)),
  who: recall('who') ?? '',
  remember,
  makers: {
    connect: connectStep,
    check: checkStep,
    configure: configureStep,
    trip: tripStep,
    selftest: selfTestStep,
    log: logStep,
    protocol: protocolStep,
  },
});
app.render();

setInterval(() => {
  if (session.isReady && !app.isBusy) session.refresh().catch(() => {});
}, KEEP_OPEN_MS);

// Plugged in again: the line is taken up without a click.
serial?.addEventListener('connect', () => {
  if (session.state === 'lost' && !app.isBusy) void app.attempt(async () => void (await session.reconnect()));
});

addEventListener('beforeunload', (event) => {
  if (app.isBusy) event.preventDefault();
});
