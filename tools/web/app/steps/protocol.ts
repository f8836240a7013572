import type { KeySpec } from '../../../../firmware/config/schema.ts';
import type { App, StepView } from '../app.ts';
import { changeList } from '../change-list.ts';
import { button, factList, hint } from '../controls.ts';
import { type Child, element } from '../element.ts';
import { TRIP_KEYS } from '../groups.ts';
import { type Protocol, protocolOf } from '../protocol.ts';
import { placeName } from '../reading-tiles.ts';
import { safeName, saveFile, stamp } from '../save-file.ts';
import { valueText } from '../value-text.ts';
import { stepEntry, verdictBox } from './selftest.ts';

/** What was done, on one page: to print, and as a file. */
export function protocolStep(app: App): StepView {
  const { words, visit, session } = app;
  const protocol = protocolOf(visit, session.hello, Date.now());
  const kept = (): void => {
    visit.isProtocolKept = true;
    app.render();
  };
  const name = `coldrail-protocol-${safeName(protocol.device)}-${stamp(Date.parse(protocol.at))}.json`;
  return {
    body: [
      element(
        'div',
        { class: 'no-print' },
        hint(words.say('protocol.help')),
        button({
          id: 'print',
          kind: 'primary wide',
          text: words.say('protocol.print'),
          onClick: () => {
            print();
            kept();
          },
        }),
        button({
          id: 'save-protocol',
          kind: 'plain wide',
          text: words.say('protocol.save'),
          onClick: () => {
            saveFile(name, 'application/json', `${JSON.stringify(protocol, null, 2)}\n`);
            kept();
          },
        }),
      ),
      sheet(app, protocol),
    ],
  };
}

function sheet(app: App, protocol: Protocol): Node {
  const { words, visit } = app;
  const none = '\u2013';
  const { trip, readings, selfTest, log } = protocol;
  return element(
    'article',
    { class: 'sheet', id: 'sheet' },
    element('h2', {}, words.say('protocol.title')),
    factList('sheet-facts', [
      [words.say('protocol.made'), words.moment(Date.parse(protocol.at))],
      [words.say('connect.who'), protocol.by || none],
      [words.say('fact.device'), protocol.device || none],
      [words.say('fact.version'), protocol.firmware || none],
      [words.say('fact.power-on'), String(protocol.powerOn)],
      [words.say('fact.trip'), trip.name || none],
      [words.say('key.container'), protocol.container || none],
      [words.say('key.wagon'), protocol.wagon || none],
      [words.say('key.consignment'), protocol.consignment.replaceAll(',', ', ') || none],
      [words.say('key.seals'), protocol.seals.replaceAll(',', ', ') || none],
      [words.say('log.file'), log ? `${log.file}, ${words.bytes(log.bytes)}` : none],
    ]),
    section(
      words.say('step.selftest'),
      selfTest
        ? [
            verdictBox(words, selfTest.verdict),
            element('p', { class: 'hint' }, words.moment(Date.parse(selfTest.at))),
            element(
              'ol',
              { class: 'tests' },
              selfTest.steps.map((step) => stepEntry(words, step)),
            ),
          ]
        : words.say('protocol.none'),
    ),
    section(
      words.say('check.live'),
      readings
        ? factList(
            'sheet-readings',
            readings.probes.map(({ place, milliC, milliPercent }) => [
              placeName(words, place),
              [
                words.temperature(milliC),
                milliPercent === null ? undefined : `, ${words.humidity(milliPercent)}`,
              ],
            ]),
          )
        : words.say('protocol.none'),
    ),
    section(
      words.say('protocol.changes'),
      protocol.saved.length > 0
        ? protocol.saved.map(({ at, changes }) => [
            element('p', { class: 'hint' }, words.moment(Date.parse(at))),
            changeList(words, changes),
          ])
        : words.say('protocol.none'),
    ),
    visit.draft
      ? section(
          words.say('protocol.config'),
          factList(
            'sheet-config',
            visit.draft.specs
              .filter(isSettings)
              .map((spec) => [
                words.find(`key.${spec.name}`) ?? spec.name,
                valueText(words, spec, protocol.config[spec.name] ?? null),
              ]),
          ),
        )
      : undefined,
    protocol.record !== ''
      ? section(words.say('protocol.signed'), [
          element('p', { class: 'code' }, protocol.record),
          element('p', { class: 'code' }, protocol.mac || words.say('selftest.unsigned')),
        ])
      : undefined,
    element('p', { class: 'signature' }, words.say('protocol.signature')),
  );
}

/** What belongs to the trip stands at the top of the sheet. */
function isSettings({ name }: KeySpec): boolean {
  return name !== 'trip' && !(TRIP_KEYS as readonly string[]).includes(name);
}

function section(title: string, ...children: Child[]): Node {
  return element('section', {}, element('h3', {}, title), children);
}
