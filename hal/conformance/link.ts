import type { Clock } from '../clock.ts';
import { OK, TLS_NO_CA } from '../faults.ts';
import type { Link, LinkTarget } from '../link.ts';
import { EARLIEST_UTC_S } from '../utc.ts';
import type { Bench } from './bench.ts';
import { firstOf, type Rule, unless, until } from './rule.ts';

/** How a try to open went, and what came over the stream. */
interface Session {
  readonly faults: number[];
  inside: boolean;
  tookS: number;
  heard: string;
  closed: number;
  heardWhenClosed: string;
}

/** Enough for a modem to boot, register, and shake hands. */
const OPEN_WITHIN_S = 180;
const HELLO = new Uint8Array([104, 101, 108, 108, 111]);

function text(bytes: Uint8Array): string {
  let characters = '';
  for (let i = 0; i < bytes.length; i++) characters += String.fromCharCode(bytes[i]);
  return characters;
}

/** Every byte, and what a modem's own language is made of. */
function everyByte(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const traps = '\r\nOK\r\n>\r\nERROR\r\n+CARECV: 5,\r\n+CASTATE: 0,0\r\n';
  for (let i = 0; i < length; i++) bytes[i] = i < traps.length ? traps.charCodeAt(i) : i & 255;
  return bytes;
}

/** The contract of hal/link.ts. `target` names a host and the CA that its certificate leads to. */
export function linkContract(link: Link, clock: Clock, bench: Bench, target: LinkTarget): Rule[] {
  function open(to: LinkTarget, deadlineS: number): Session {
    const session: Session = {
      faults: [],
      inside: false,
      tookS: 0,
      heard: '',
      closed: 0,
      heardWhenClosed: '',
    };
    const startS = clock.uptimeS();
    let within = true;
    link.open(
      to,
      deadlineS,
      (fault) => {
        session.faults.push(fault);
        session.inside = within;
        session.tookS = clock.uptimeS() - startS;
      },
      (bytes) => {
        session.heard += bytes;
      },
      () => {
        session.closed++;
        session.heardWhenClosed = session.heard;
      },
    );
    within = false;
    return session;
  }

  /** Open, and go on when the stream is open; a failure ends the rule. */
  function connected(done: (problem: string | null) => void, then: (session: Session) => void): void {
    bench('network well');
    const session = open(target, OPEN_WITHIN_S);
    until(
      clock,
      OPEN_WITHIN_S + 10,
      () => session.faults.length > 0,
      () => {
        if (session.faults[0] === OK) then(session);
        else finish(done, () => `open ended with ${session.faults.join(',')}`);
      },
    );
  }

  /** Close; then judge, once nothing more can come. */
  function finish(done: (problem: string | null) => void, judge: () => string | null): void {
    let closes = 0;
    link.close(() => {
      closes++;
    });
    until(
      clock,
      45,
      () => false,
      () => {
        bench('network well');
        done(firstOf([judge(), unless(closes === 1, `close called done ${closes} times`)]));
      },
    );
  }

  function opensOnce(session: Session, fault: number | null, deadlineS: number): string | null {
    const faults = session.faults;
    return firstOf([
      unless(faults.length === 1, `opened was called ${faults.length} times`),
      unless(!session.inside, 'opened was called from inside open'),
      unless(session.tookS <= deadlineS + 10, `open took ${session.tookS} s`),
      unless(fault === null ? faults[0] !== OK : faults[0] === fault, `open ended with ${faults[0]}`),
    ]);
  }

  /** Send and collect the calls of `done`: "t", "f", and "!" in front when called from inside. */
  function send(bytes: Uint8Array): { verdicts: string } {
    const sent = { verdicts: '' };
    let within = true;
    link.send(bytes, (ok) => {
      sent.verdicts += (within ? '!' : '') + (ok ? 't' : 'f');
    });
    within = false;
    return sent;
  }

  function echoes(name: string, bytes: Uint8Array): Rule {
    return {
      name,
      run: (done) => {
        connected(done, (session) => {
          const sent = send(bytes);
          until(
            clock,
            60,
            () => session.heard.length >= bytes.length,
            () => {
              finish(done, () =>
                firstOf([
                  unless(sent.verdicts === 't', `send answered ${sent.verdicts}`),
                  unless(session.heard.length === bytes.length, `${session.heard.length} bytes came back`),
                  unless(session.heard === text(bytes), 'other bytes came back'),
                  unless(session.closed === 0, 'onClosed was called'),
                  opensOnce(session, OK, OPEN_WITHIN_S),
                ]),
              );
            },
          );
        });
      },
    };
  }

  /** Close `afterS` seconds into an open that takes longer. */
  function closesWhileOpening(name: string, afterS: number): Rule {
    return {
      name,
      run: (done) => {
        bench('network none');
        const session = open(target, OPEN_WITHIN_S);
        const close = (): void => {
          finish(done, () =>
            firstOf([opensOnce(session, null, afterS), unless(session.closed === 0, 'onClosed called')]),
          );
        };
        if (afterS === 0) close();
        else until(clock, afterS, () => false, close);
      },
    };
  }

  const without: LinkTarget = {
    apn: target.apn,
    host: target.host,
    port: target.port,
    caPem: '',
    simPin: target.simPin,
    searches: target.searches,
    clearForbidden: target.clearForbidden,
    utcS: target.utcS,
    powerSavingS: target.powerSavingS,
    rung: target.rung,
  };
  return [
    {
      name: 'refuses to open without a CA',
      run: (done) => {
        const session = open(without, OPEN_WITHIN_S);
        until(
          clock,
          5,
          () => false,
          () => {
            finish(done, () => opensOnce(session, TLS_NO_CA, 0));
          },
        );
      },
    },
    {
      name: 'refuses to send when there is no stream',
      run: (done) => {
        const sent = send(HELLO);
        until(
          clock,
          25,
          () => false,
          () => {
            finish(done, () => unless(sent.verdicts === 'f', `send answered ${sent.verdicts}`));
          },
        );
      },
    },
    echoes('carries every byte there and back', everyByte(400)),
    echoes('carries as much at a time as it says', everyByte(link.maxSend)),
    {
      name: 'refuses to send nothing, or more at a time than it says',
      run: (done) => {
        connected(done, () => {
          const nothing = send(new Uint8Array(0));
          until(
            clock,
            25,
            () => nothing.verdicts !== '',
            () => {
              const tooMuch = send(new Uint8Array(link.maxSend + 1));
              until(
                clock,
                25,
                () => tooMuch.verdicts !== '',
                () => {
                  finish(done, () =>
                    unless(
                      nothing.verdicts === 'f' && tooMuch.verdicts === 'f',
                      `${nothing.verdicts},${tooMuch.verdicts}`,
                    ),
                  );
                },
              );
            },
          );
        });
      },
    },
    {
      name: 'refuses a second open while the first is under way',
      run: (done) => {
        bench('network well');
        const session = open(target, OPEN_WITHIN_S);
        const second = open(target, OPEN_WITHIN_S);
        until(
          clock,
          OPEN_WITHIN_S + 10,
          () => session.faults.length > 0 && second.faults.length > 0,
          () => {
            send(HELLO);
            until(
              clock,
              60,
              () => session.heard !== '',
              () => {
                finish(done, () =>
                  firstOf([
                    opensOnce(second, null, 5),
                    unless(session.heard === text(HELLO), 'the first stream does not work'),
                    unless(second.heard === '', 'the second got the bytes of the first'),
                  ]),
                );
              },
            );
          },
        );
      },
    },
    {
      name: 'opens another stream in place of one that has ended',
      run: (done) => {
        connected(done, (session) => {
          bench('peer hangs-up');
          until(
            clock,
            30,
            () => session.closed > 0,
            () => {
              bench('network well');
              const second = open(target, OPEN_WITHIN_S);
              until(
                clock,
                OPEN_WITHIN_S + 10,
                () => second.faults.length > 0,
                () => {
                  send(HELLO);
                  until(
                    clock,
                    60,
                    () => second.heard !== '',
                    () => {
                      finish(done, () =>
                        firstOf([
                          opensOnce(second, OK, OPEN_WITHIN_S),
                          unless(second.heard === text(HELLO), 'the second stream does not work'),
                          unless(link.report().recoveries.length >= 2, 'the report names no recovery'),
                        ]),
                      );
                    },
                  );
                },
              );
            },
          );
        });
      },
    },
    {
      name: 'tells the end of a stream once, and sends no more',
      run: (done) => {
        connected(done, (session) => {
          bench('peer hangs-up');
          until(
            clock,
            30,
            () => session.closed > 0,
            () => {
              const sent = send(HELLO);
              until(
                clock,
                25,
                () => sent.verdicts !== '',
                () => {
                  finish(done, () =>
                    firstOf([
                      unless(session.closed === 1, `onClosed was called ${session.closed} times`),
                      unless(sent.verdicts === 'f', `send answered ${sent.verdicts}`),
                    ]),
                  );
                },
              );
            },
          );
        });
      },
    },
    {
      name: 'hands over the last bytes before it tells the end',
      run: (done) => {
        connected(done, (session) => {
          bench('peer farewell');
          send(HELLO);
          until(
            clock,
            60,
            () => session.closed > 0,
            () => {
              finish(done, () =>
                firstOf([
                  unless(session.closed === 1, `onClosed was called ${session.closed} times`),
                  unless(session.heardWhenClosed === 'bye', `heard "${session.heardWhenClosed}"`),
                ]),
              );
            },
          );
        });
      },
    },
    {
      name: 'gives up in time where there is no network',
      run: (done) => {
        bench('network none');
        const session = open(target, 60);
        until(
          clock,
          75,
          () => session.faults.length > 0,
          () => {
            finish(done, () =>
              firstOf([opensOnce(session, null, 60), unless(session.closed === 0, 'onClosed called')]),
            );
          },
        );
      },
    },
    {
      name: 'refuses a host whose certificate does not lead to the CA',
      run: (done) => {
        bench('network well');
        bench('peer untrusted');
        const session = open(target, OPEN_WITHIN_S);
        until(
          clock,
          OPEN_WITHIN_S + 10,
          () => session.faults.length > 0,
          () => {
            finish(done, () => opensOnce(session, null, OPEN_WITHIN_S));
          },
        );
      },
    },
    {
      name: 'can be closed when it was never open',
      run: (done) => {
        finish(done, () => null);
      },
    },
    closesWhileOpening('can be closed as soon as it begins to open', 0),
    closesWhileOpening('can be closed while it opens', 2),
    closesWhileOpening('can be closed while it searches for a network', 30),
    {
      name: 'can be closed while it sends',
      run: (done) => {
        connected(done, (session) => {
          const sent = send(HELLO);
          finish(done, () =>
            firstOf([
              unless(sent.verdicts.length === 1, `send answered ${sent.verdicts}`),
              unless(session.closed === 0, 'onClosed was called'),
            ]),
          );
        });
      },
    },
    {
      name: 'can be closed twice at a time',
      run: (done) => {
        connected(done, () => {
          let closes = 0;
          link.close(() => {
            closes++;
          });
          finish(done, () => unless(closes === 1, `the first close called done ${closes} times`));
        });
      },
    },
    {
      name: 'tells the time of the network, or none',
      run: (done) => {
        connected(done, () => {
          const time = link.networkTime();
          const nowS = clock.uptimeS();
          finish(done, () =>
            time === null
              ? null
              : firstOf([
                  unless(time.utcS >= EARLIEST_UTC_S, `UTC ${time.utcS}`),
                  unless(
                    time.uptimeS <= nowS && time.uptimeS > nowS - OPEN_WITHIN_S,
                    `read at ${time.uptimeS}`,
                  ),
                ]),
          );
        });
      },
    },
    echoes('opens again after all that', HELLO),
  ];
}
