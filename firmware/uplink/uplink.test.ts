import type { IPublishPacket } from 'mqtt-packet';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  COLLECTOR_SILENT,
  DOWNLINK_TOO_LARGE,
  HOST_UNREACHABLE,
  MQTT_MALFORMED,
  MQTT_REFUSED,
  MQTT_SILENT,
  NO_NETWORK,
  OK,
  SESSION_TOO_LONG,
  STREAM_CLOSED,
  STREAM_STALLED,
  TLS_NO_CA,
} from '../../hal/faults.ts';
import { LTE_M, RUNG_SOCKET } from '../../hal/link.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { type MockTracker, mockTracker } from '../../hal/mock/tracker.ts';
import { configPage } from '../../tools/provision/config-page.ts';
import type { Config } from '../config/schema.ts';
import { DEFAULT_CONFIG } from '../config/values.ts';
import type { Journal } from '../journal/journal.ts';
import { boot, SAMPLING } from '../journal/testing/bench.ts';
import { plainLog } from '../journal/testing/plain-log.ts';
import type { SessionPlan } from '../radio/plan.ts';
import { ack, FarSide, packetsIn, puback, willOf } from './testing/far-side.ts';
import { runUplink } from './uplink.ts';

const INTERVAL_S = 600;
const config: Config = {
  ...DEFAULT_CONFIG,
  deviceId: 'box-7',
  intervalS: INTERVAL_S,
  fixIntervalS: 3600,
  uplinkIntervalS: 14_400,
  apn: 'iot.example',
  brokerHost: 'broker.example',
  brokerPort: 8883,
  caPem: '-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----',
};
const plan: SessionPlan = { heldBack: OK, searches: [], clearForbidden: false, rung: 0, mostKb: 64 };

let tracker: MockTracker;
let journal: Journal;
let far: FarSide;

function begin(pages: number, readings: number): void {
  tracker = mockTracker({ journal: mockFlash(pages, 4096) });
  journal = boot(tracker.journal, { sampling: { ...SAMPLING, intervalS: INTERVAL_S } });
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++)
    journal.reading(i * INTERVAL_S, [16384 + ((i * 7) % 90), 16384 + 160, 16384 + ((i * 3) % 70)]);
  renewFarSide();
}

function renewFarSide(): void {
  far = new FarSide();
  tracker.link.answer = (sent) => far.answer(sent);
}

interface Asked {
  readonly settings?: Config;
  readonly plan?: Partial<SessionPlan>;
  readonly urgentSeq?: number;
  readonly simPin?: string;
  readonly limitS?: number;
  readonly eachTick?: () => void;
}

/** Run a session to its end; the fault that it ended with. */
function session(asked: Asked = {}): number {
  let ended: number | undefined;
  const beganS = tracker.clock.uptimeS();
  tracker.configuration.erase(0);
  tracker.configuration.program(0, configPage(asked.settings ?? config, 1));
  runUplink(
    tracker,
    journal,
    asked.settings ?? config,
    asked.simPin ?? '',
    { ...plan, ...asked.plan },
    asked.urgentSeq ?? null,
    asked.limitS ?? 480,
    (fault, startedS) => {
      expect(startedS).toBe(beganS);
      expect(ended, 'a session ends once').toBeUndefined();
      ended = fault;
    },
  );
  for (let tick = 0; tick < 12_000 && ended === undefined; tick++) {
    tracker.clock.advance(0.05);
    tracker.watchdog.kick();
    asked.eachTick?.();
  }
  if (ended === undefined) throw new Error('the session did not end');
  tracker.clock.advance(60);
  return ended;
}

/** Break the stream when the far side has had so many PUBLISHes in all: it answers nothing from there but CONNECT. */
function breakAt(...publishes: number[]): void {
  let dying = false;
  tracker.link.answer = (sent) => {
    const before = far.batches.length;
    const answers = far.answer(sent);
    if (publishes.some((count) => before < count && count <= far.batches.length)) {
      dying = true;
      tracker.clock.after(300, () => {
        dying = false;
        tracker.link.hangUp();
      });
    }
    return dying ? answers.filter((answer) => '\x20\x90'.includes(answer.charAt(0))) : answers;
  };
}

/** The first PUBLISH of each stream. */
function openingBatches(): (IPublishPacket | undefined)[] {
  return far.heard.flatMap(({ cmd }, i) =>
    cmd === 'connect'
      ? [far.heard.slice(i).find((packet): packet is IPublishPacket => packet.cmd === 'publish')]
      : [],
  );
}

beforeEach(() => begin(14, 1400));

describe('a session', () => {
  test('delivers everything and puts down what the collector holds', () => {
    const written = journal.state.nextSeq;
    expect(session()).toBe(OK);
    expect(far.next).toBe(written);
    expect(journal.state.acked).toBe(written);
    expect(tracker.link.closes).toBe(1);
  });

  test('leaves it to its caller to write the SESSION down', () => {
    session();
    expect(journal.state.uplinkAtS).toBeNull();
  });

  test('begins with one send: who it is, its will, what it hears, and the first batch', () => {
    session();
    const [first] = tracker.link.sent;
    expect(packetsIn(first).map(({ cmd }) => cmd)).toEqual(['connect', 'subscribe', 'publish']);
    const [connect] = far.connects();
    expect(connect).toMatchObject({ clientId: 'box-7', clean: true, keepalive: 120 });
    expect(connect.will).toMatchObject({ topic: 'coldrail/v1/box-7/gone', qos: 0, retain: false });
    expect(willOf(connect)).toEqual([1]);
  });

  test('ends with DISCONNECT, and waits until the broker has closed, so that it tells no will', () => {
    tracker.link.answer = (sent) => {
      const answers = far.answer(sent);
      if (far.heard.at(-1)?.cmd === 'disconnect')
        tracker.clock.after(900, () => {
          expect(tracker.link.isOpen).toBe(true);
          tracker.link.hangUp();
        });
      return answers;
    };
    expect(session()).toBe(OK);
    expect(far.heard.at(-1)?.cmd).toBe('disconnect');
  });

  test('fills each send as far as whole blocks go', () => {
    session();
    expect(Math.max(...tracker.link.sent.map(({ length }) => length))).toBeLessThanOrEqual(1460);
    expect(far.batches.length).toBeLessThan(9);
  });

  test('that follows sends only what is new', () => {
    session();
    const before = far.batches.length;
    journal.reading(1400 * INTERVAL_S, [16384, 16384, 16384]);
    expect(session()).toBe(OK);
    expect(far.batches.length).toBe(before + 1);
    expect(journal.state.acked).toBe(far.next);
  });

  test('with nothing to send is done when the broker has answered', () => {
    journal.ack(journal.state.nextSeq);
    session();
    renewFarSide();
    journal.state.acked = journal.state.nextSeq;
    expect(session()).toBe(OK);
    expect(far.heard.map(({ cmd }) => cmd)).toEqual(['connect', 'subscribe', 'disconnect']);
  });

  test('searches as its plan says, and puts the clock of the network down', () => {
    const searches = [{ technology: LTE_M, withinS: 60, network: 26_201 }];
    session({ plan: { searches, clearForbidden: true, rung: 2 }, simPin: '1234' });
    expect(tracker.link.targets).toEqual([
      {
        apn: 'iot.example',
        host: 'broker.example',
        port: 8883,
        caPem: config.caPem,
        simPin: '1234',
        powerSavingS: 0,
        searches,
        clearForbidden: true,
        rung: 2,
        utcS: null,
      },
    ]);
    expect(journal.anchored).toBe(true);
  });

  test('tells the modem the date where this wake knows it', () => {
    journal.fix(100, 0, 0, 7, 1_795_262_500);
    tracker.clock.advance(50);
    session();
    expect(tracker.link.targets[0]?.utcS).toBe(1_795_262_400 + Math.floor(51));
  });

  test('in which readings go on delivers them or leaves them to the next', () => {
    let taken = 1400;
    const eachTick = (): void => {
      if (taken < 1420) journal.reading(taken++ * INTERVAL_S, [16384, 16384, 16384]);
    };
    expect(session({ eachTick })).toBe(OK);
    expect(session()).toBe(OK);
    expect(journal.state.acked).toBe(far.next);
    expect(far.lost.size).toBe(0);
  });
});

describe('the window', () => {
  test('holds at most four batches that the broker has not acknowledged', () => {
    let inFlight = 0;
    let most = 0;
    far.answerWith = (_, id) => {
      most = Math.max(most, ++inFlight);
      tracker.clock.after(3000, () => {
        inFlight--;
        tracker.link.deliver(puback(id) + ack(far.next));
      });
      return [];
    };
    expect(session()).toBe(OK);
    expect(most).toBe(4);
    expect(far.next).toBe(journal.state.acked);
  });

  test('moves with PUBACKs in whatever order they come', () => {
    const waiting: number[] = [];
    far.answerWith = (_, id) => {
      waiting.push(id);
      const mayBeLast = tracker.clock.after(2000, () => {
        for (const one of waiting.splice(0).reverse()) tracker.link.deliver(puback(one));
        tracker.link.deliver(ack(far.next));
      });
      if (waiting.length < 4) return [];
      tracker.clock.cancel(mayBeLast);
      return [...waiting.splice(0).reverse().map(puback), ack(far.next)];
    };
    expect(session()).toBe(OK);
    expect(far.next).toBe(journal.state.acked);
  });

  test('does not go on for a collector that is not there', () => {
    begin(14, 6000);
    far.silent = 'collector';
    expect(session()).toBe(COLLECTOR_SILENT);
    expect(far.batches.length).toBeLessThanOrEqual(9);
  });

  test('never has two batches out under one packet id', () => {
    session();
    const [, , third] = far.batches;
    begin(14, 1400);
    const out = new Set<number>();
    far.answerWith = (publish, id) => {
      expect(out.has(id)).toBe(false);
      expect(id).toBeGreaterThan(1);
      out.add(id);
      tracker.clock.after(publish === 1 ? 6000 : 500, () => {
        out.delete(id);
        tracker.link.deliver(puback(id) + ack(far.next));
      });
      return [];
    };
    expect(session({ urgentSeq: third?.[0] ?? 0 })).toBe(OK);
    expect(journal.state.acked).toBe(far.next);
  });
});

describe('an urgent record', () => {
  test('goes out before everything else, in the first send', () => {
    const urgentSeq = journal.state.nextSeq - 1;
    expect(session({ urgentSeq })).toBe(OK);
    expect(far.batches[0]).toContain(urgentSeq);
    expect(far.batches[0]).not.toContain(0);
    expect(far.batches[1]).toContain(0);
    expect(far.next).toBe(journal.state.acked);
  });

  test('in the block that is next anyway costs nothing more', () => {
    begin(14, 20);
    expect(session({ urgentSeq: journal.state.nextSeq - 1 })).toBe(OK);
    expect(far.batches).toHaveLength(1);
  });

  test('goes out first again where the stream broke before the broker had it', () => {
    breakAt(1);
    const urgentSeq = journal.state.nextSeq - 1;
    expect(session({ urgentSeq })).toBe(OK);
    const [first, second] = openingBatches();
    expect([first?.dup, second?.dup]).toEqual([false, true]);
    expect(second?.messageId).toBe(first?.messageId);
    expect(second?.payload).toEqual(first?.payload);
    expect(far.next).toBe(journal.state.acked);
  });

  test('that the broker has does not go first again', () => {
    breakAt(4);
    const urgentSeq = journal.state.nextSeq - 1;
    expect(session({ urgentSeq })).toBe(OK);
    const [first, second] = openingBatches();
    expect(second?.payload).not.toEqual(first?.payload);
    expect(far.next).toBe(journal.state.acked);
  });

  test('that does not exist changes nothing', () => {
    expect(session({ urgentSeq: 1_000_000 })).toBe(OK);
    expect(far.next).toBe(journal.state.acked);
  });
});

describe('a session that may send no more than so much', () => {
  test('sends that, ends in good order, and the next one goes on from there', () => {
    const written = journal.state.nextSeq;
    expect(session({ plan: { mostKb: 3 } })).toBe(OK);
    const sent = tracker.link.sent.reduce((sum, { length }) => sum + length, 0);
    expect(sent).toBeLessThanOrEqual(3 * 1024);
    expect(far.heard.at(-1)?.cmd).toBe('disconnect');
    expect(journal.state.acked).toBe(far.next);
    expect(far.next).toBeGreaterThan(0);
    expect(far.next).toBeLessThan(written);
    for (let more = 0; more < 10 && journal.state.acked < written; more++)
      expect(session({ plan: { mostKb: 3 } })).toBe(OK);
    expect(far.held.size).toBe(far.next);
    expect(far.next).toBeGreaterThanOrEqual(written);
  });

  test('sends one batch at least, or nothing would ever come through', () => {
    expect(session({ plan: { mostKb: 0 } })).toBe(OK);
    expect(far.batches).toHaveLength(1);
    expect(journal.state.acked).toBeGreaterThan(0);
  });

  test('does not call itself done when the collector was silent', () => {
    far.silent = 'collector';
    expect(session({ plan: { mostKb: 3 } })).toBe(COLLECTOR_SILENT);
  });

  test('does not open a broken stream again to find that it may send nothing on it', () => {
    breakAt(2);
    expect(session({ plan: { mostKb: 3 } })).toBe(STREAM_CLOSED);
    expect(tracker.link.targets).toHaveLength(1);
  });
});

describe('a stream that breaks', () => {
  test('is opened again, and the session goes on from what the collector holds', () => {
    breakAt(3);
    const written = journal.state.nextSeq;
    expect(session()).toBe(OK);
    expect(tracker.link.targets).toHaveLength(2);
    expect(tracker.link.report().recoveries[0]).toBe(RUNG_SOCKET);
    expect(tracker.link.closes).toBe(1);
    expect(far.connects()).toHaveLength(2);
    expect(journal.state.acked).toBe(written);
  });

  const places = [1, 2, 3, 4, 5].flatMap((batch) => [false, true].map((urgent) => ({ batch, urgent })));
  test.each(places)(
    'makes resends: the same again, with the DUP flag ($batch, $urgent)',
    ({ batch, urgent }) => {
      // From here on, the room that the opening takes makes a difference of one block.
      journal.ack(300);
      for (let seq = 0; seq < 300; seq++) far.held.add(seq);
      breakAt(batch);
      session(urgent ? { urgentSeq: journal.state.nextSeq - 1 } : {});
      const first = new Map<number | undefined, IPublishPacket>();
      let resent = 0;
      for (const [i, publish] of far.publishes().entries()) {
        const before = first.get(publish.messageId);
        if (i < batch) expect(publish.dup).toBe(false);
        if (before === undefined) {
          first.set(publish.messageId, publish);
        } else {
          expect(publish).toMatchObject({ dup: true, payload: before.payload });
          resent++;
        }
      }
      expect(resent).toBeGreaterThan(0);
    },
  );

  test('is opened again three times at most', () => {
    breakAt(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    expect([STREAM_CLOSED, STREAM_STALLED]).toContain(session());
    expect(tracker.link.targets).toHaveLength(4);
    expect(tracker.link.closes).toBe(1);
    const held = journal.state.acked;
    renewFarSide();
    expect(session()).toBe(OK);
    expect(Math.min(...far.held)).toBeLessThanOrEqual(held);
  });

  test('is not opened again where the link says that it cannot', () => {
    breakAt(3);
    tracker.link.fault = OK;
    const { answer } = tracker.link;
    tracker.link.answer = (sent) => {
      tracker.link.fault = HOST_UNREACHABLE;
      return answer(sent);
    };
    expect(session()).toBe(HOST_UNREACHABLE);
    expect(tracker.link.targets).toHaveLength(2);
  });

  test('before the broker has taken us is opened again once', () => {
    tracker.link.answer = () => {
      tracker.clock.after(100, () => tracker.link.hangUp());
      return [];
    };
    expect(session()).toBe(STREAM_CLOSED);
    expect(tracker.link.targets).toHaveLength(2);
  });

  test('as soon as it was open is opened again, and nothing is sent while it opens', () => {
    const { open } = tracker.link;
    tracker.link.open = (target, deadlineS, opened, onBytes, onClosed) => {
      const breaks = tracker.link.targets.length === 0;
      const openedAndBroken = (fault: number): void => {
        opened(fault);
        if (breaks) tracker.link.hangUp();
      };
      open(target, deadlineS, openedAndBroken, onBytes, onClosed);
    };
    expect(session()).toBe(OK);
    expect(tracker.link.targets).toHaveLength(2);
    expect(tracker.link.sent.length).toBe(far.batches.length + 1);
  });

  test('is not opened again when the session has no time left for it', () => {
    breakAt(2);
    expect(session({ limitS: 65 })).toBe(STREAM_CLOSED);
    expect(tracker.link.targets).toHaveLength(1);
  });

  test('in the middle of a send is opened again too', () => {
    const { answer } = tracker.link;
    tracker.link.answer = (sent) => {
      tracker.link.sendsFail = far.batches.length === 1;
      return answer(sent);
    };
    const eachTick = (): void => {
      if (tracker.link.targets.length === 2) tracker.link.sendsFail = false;
    };
    expect(session({ eachTick })).toBe(OK);
    expect(tracker.link.targets).toHaveLength(2);
  });

  test('behind DISCONNECT breaks nothing', () => {
    tracker.link.answer = (sent) => {
      const answers = far.answer(sent);
      if (far.heard.at(-1)?.cmd === 'disconnect') tracker.clock.after(0, () => tracker.link.hangUp());
      return answers;
    };
    expect(session()).toBe(OK);
    expect(tracker.link.targets).toHaveLength(1);
  });

  test('that stands but leads nowhere is given up for another', () => {
    far.answerWith = (publish, id) =>
      publish > 2 && far.connects().length === 1 ? [] : [puback(id), ack(far.next)];
    expect(session()).toBe(OK);
    expect(tracker.link.targets).toHaveLength(2);
    expect(journal.state.acked).toBe(far.next);
  });

  test('that leads nowhere each time is given up', () => {
    far.answerWith = () => [];
    expect(session()).toBe(MQTT_SILENT);
    expect(tracker.link.targets).toHaveLength(4);
  });
});

describe('the collector', () => {
  test('whose last answer was lost is asked again on the same stream', () => {
    let silent = true;
    far.answerWith = (_, id) => {
      const complete = far.next === journal.state.nextSeq;
      const answers = complete && silent ? [puback(id)] : [puback(id), ack(far.next)];
      if (complete) silent = false;
      return answers;
    };
    expect(session()).toBe(OK);
    expect(tracker.link.targets).toHaveLength(1);
    expect(journal.state.acked).toBe(far.next);
  });

  test('that missed a batch which the broker took gets it again, and not what it has', () => {
    let missed = false;
    far.answerWith = (publish, id) => {
      if (publish === 2 && !missed) {
        missed = true;
        for (const seq of far.batches[1] ?? []) far.held.delete(seq);
      }
      return [puback(id), ack(far.next)];
    };
    expect(session()).toBe(OK);
    expect(journal.state.acked).toBe(far.next);
    const times = far.batches.filter((seqs) => seqs[0] === far.batches[3]?.[0]);
    expect(times).toHaveLength(1);
  });

  test('that stored all but never answers makes a failed session, and a resend that does no harm', () => {
    far.silent = 'answers';
    expect(session()).toBe(COLLECTOR_SILENT);
    far.silent = 'never';
    expect(session()).toBe(OK);
    expect(journal.state.acked).toBe(far.next);
  });

  test('that has lost its database gets everything again that is still in flash', () => {
    expect(session()).toBe(OK);
    far.held.clear();
    journal.reading(1400 * INTERVAL_S, [16384, 16384, 16384]);
    const written = journal.state.nextSeq;
    expect(session()).toBe(OK);
    expect(far.next).toBeGreaterThanOrEqual(written);
    expect(journal.state.acked).toBe(far.next);
  });

  test('that asks for the beginning over and over does not keep the radio on', () => {
    journal.ack(50);
    far.answerWith = (_, id) => [puback(id), ack(0)];
    expect(session()).toBe(COLLECTOR_SILENT);
    expect(far.publishes().length).toBeLessThan(20);
  });

  test('that works through a backlog for long is waited for, and the broker kept from giving us up', () => {
    let next = 0;
    far.answerWith = (_, id) => [puback(id)];
    const eachTick = (): void => {
      if (far.batches.length === 0 || Math.round(tracker.clock.uptimeS() * 20) % 400 !== 0) return;
      next = Math.min(far.next, next + 100);
      tracker.link.deliver(ack(next));
    };
    expect(session({ eachTick, limitS: 900 })).toBe(OK);
    expect(far.heard.filter(({ cmd }) => cmd === 'pingreq').length).toBeGreaterThan(0);
    expect(journal.state.acked).toBe(far.next);
  });

  test('is told as lost what was overwritten before it could be sent, and the rest goes on', () => {
    begin(3, 8000);
    expect(session()).toBe(OK);
    expect(far.lost.size).toBeGreaterThan(500);
    expect(far.next).toBeGreaterThan(7990);
    expect(journal.state.acked).toBe(far.next);
  });

  test('is not taken to have said what a broker kept from an earlier session', () => {
    far.answerWith = (_, id) => [ack(0, 'box-7', 0x31), puback(id), ack(far.next)];
    journal.ack(50);
    expect(session()).toBe(OK);
    const begins = far.batches.map(([seq]) => seq);
    expect(new Set(begins).size).toBe(begins.length);
  });
});

describe('the clock of the collector', () => {
  const UTC_S = 1_795_262_400;

  /** The ANCHORs of the log: UTC less uptime, source, bound. */
  function anchors(): unknown[] {
    return plainLog(tracker.journal.cells)
      .filter(({ kind }) => kind === 'ANCHOR')
      .map(({ fields }) => fields.slice(1));
  }

  /** Answers that take so long and tell `utcS` as of the middle of their way, and the uptime in the middle of the last. */
  function answering(tookS: number, utcS = UTC_S): () => number {
    let middleS = 0;
    far.answerWith = (_, id) => {
      const next = far.next;
      middleS = Math.floor(tracker.clock.uptimeS() - 0.05 + tookS / 2);
      tracker.clock.after(1000 * tookS - 50, () => tracker.link.deliver(ack(next, 'box-7', 0x30, utcS)));
      return [puback(id)];
    };
    return () => middleS;
  }

  beforeEach(() => {
    begin(14, 20);
    tracker.link.utcS = null;
    tracker.clock.advance(20 * INTERVAL_S);
  });

  test.each([
    [0.4, 2],
    [2.5, 3],
    [17, 17],
  ])('is put down where there is none better: a round trip of %d s bounds it by %d s', (tookS, boundS) => {
    const middleS = answering(tookS);
    expect(session()).toBe(OK);
    expect(anchors()).toEqual([[UTC_S - middleS(), 3, boundS]]);
    expect(journal.anchored).toBe(true);
  });

  test('counts from when the last record was first sent, over as many streams as it took', () => {
    const middleS = answering(1);
    const answer = far.answerWith;
    const beganS = tracker.clock.uptimeS();
    far.answerWith = (publish, id) => (publish > 1 ? (answer?.(publish, id) ?? []) : []);
    expect(session()).toBe(OK);
    expect(tracker.link.targets).toHaveLength(2);
    const [[clockS, source, boundS]] = anchors() as [number, number, number][];
    expect(source).toBe(3);
    expect(boundS).toBeGreaterThan(30);
    const errorS = UTC_S - clockS - middleS();
    expect(Math.abs(errorS)).toBeLessThanOrEqual(boundS);
    expect(UTC_S - clockS).toBeGreaterThan(beganS);
  });

  test('of an answer that does not hold what this session was the first to send may be hours old, and is not believed', () => {
    far.answerWith = (publish, id) =>
      publish === 1 ? [ack(far.next - 1, 'box-7', 0x30, UTC_S), puback(id), ack(far.next)] : [];
    expect(session()).toBe(OK);
    expect(anchors()).toEqual([]);
  });

  test.each([
    ['this wake has a fix with a clock', () => journal.fix(12_000, 0, 0, 7, UTC_S), 0],
    ['the network has told the time', () => (tracker.link.utcS = UTC_S + 1), 1],
  ])('is not put down where %s', (_, arrange, others) => {
    arrange();
    answering(1);
    expect(session()).toBe(OK);
    expect(anchors()).toHaveLength(others);
    expect(anchors().some((fields) => (fields as number[])[1] === 3)).toBe(false);
  });

  test.each([0, 1_500_000_000])('that tells %d is wrong, and its answer counts all the same', (utcS) => {
    answering(1, utcS);
    expect(session()).toBe(OK);
    expect(anchors()).toEqual([]);
    expect(journal.state.acked).toBe(far.next);
  });
});

describe('what goes wrong ends the session with its fault, and everything stays stored', () => {
  const answering = (...wrong: string[]) => (far.answerWith = (_, id) => [puback(id), ...wrong]);
  const greeting = (answers: (sent: Uint8Array) => string[]) => (tracker.link.answer = answers);
  const cases: [string, () => void, number][] = [
    ['no network', () => (tracker.link.fault = NO_NETWORK), NO_NETWORK],
    ['the broker refuses', () => (far.connackCode = 5), MQTT_REFUSED],
    ['the broker does not let us hear the collector', () => (far.subackCode = 0x80), MQTT_REFUSED],
    ['the broker says nothing', () => (far.silent = 'broker'), MQTT_SILENT],
    ['the modem does not take the bytes', () => (tracker.link.sendsFail = true), STREAM_STALLED],
    ['a CONNACK with a code that does not exist', () => (far.connackCode = 6), MQTT_MALFORMED],
    ['a session that should not be present', () => greeting(() => ['\x20\x02\x01\0']), MQTT_MALFORMED],
    ['a second CONNACK', () => answering('\x20\x02\0\0'), MQTT_MALFORMED],
    ['an answer ahead of CONNACK', () => greeting(() => [ack(0)]), MQTT_MALFORMED],
    ['a PUBACK ahead of CONNACK', () => greeting(() => [puback(2)]), MQTT_MALFORMED],
    ['a SUBACK of another id', () => greeting(() => ['\x20\x02\0\0\x90\x03\0\x09\0']), MQTT_MALFORMED],
    ['more than was subscribed to', () => (far.subackCode = 1), MQTT_MALFORMED],
    ['a SUBACK code that does not exist', () => (far.subackCode = 0x81), MQTT_MALFORMED],
    ['a second SUBACK', () => answering('\x90\x03\0\x01\0'), MQTT_MALFORMED],
    ['a PUBACK for what is not in flight', () => answering(puback(40_000)), MQTT_MALFORMED],
    ['a PINGRESP that nobody asked for', () => answering('\xd0\0'), MQTT_MALFORMED],
    ["another device's topic", () => answering(ack(0, 'box-8')), MQTT_MALFORMED],
    ['a longer topic that begins as ours', () => answering(ack(0, 'box-7/ack')), MQTT_MALFORMED],
    ['a topic longer than the packet', () => answering('\x30\x03\x09\x09\x09'), MQTT_MALFORMED],
    ['an answer beyond what was written', () => answering(ack(1_000_000)), MQTT_MALFORMED],
    [
      'an answer that is no CBOR',
      () => answering(`${ack(0).slice(0, -5)}\xff\x01\x02\x03\x04`),
      MQTT_MALFORMED,
    ],
    ['a packet that no broker sends', () => answering('\xf0\0'), MQTT_MALFORMED],
    ['a downlink of a megabyte', () => answering('\x30\xc0\x84\x3d'), DOWNLINK_TOO_LARGE],
    ['a downlink of 600 bytes', () => answering('\x30\xd8\x04'), DOWNLINK_TOO_LARGE],
  ];
  test.each(cases)('%s', (_, arrange, fault) => {
    const written = journal.state.nextSeq;
    arrange();
    expect(session()).toBe(fault);
    expect(journal.state.acked).toBe(0);
    expect(tracker.link.targets).toHaveLength(fault === MQTT_SILENT || fault === STREAM_STALLED ? 2 : 1);
    expect(tracker.link.closes).toBe(1);
    tracker.link.fault = OK;
    tracker.link.sendsFail = false;
    renewFarSide();
    expect(session()).toBe(OK);
    expect(far.next).toBeGreaterThanOrEqual(written);
  });

  test('a session that takes too long', () => {
    far.answerWith = (_, id) => {
      tracker.clock.after(20_000, () => tracker.link.deliver(puback(id) + ack(far.next)));
      return [];
    };
    expect(session({ limitS: 25 })).toBe(SESSION_TOO_LONG);
    expect(tracker.link.closes).toBe(1);
  });

  test('no CA: nothing is sent', () => {
    expect(session({ settings: { ...config, caPem: '' } })).toBe(TLS_NO_CA);
    expect(tracker.link.sent).toEqual([]);
  });
});
