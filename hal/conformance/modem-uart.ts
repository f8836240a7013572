import type { Clock } from '../clock.ts';
import type { ModemUart } from '../modem-uart.ts';
import { contains } from '../text.ts';
import { firstOf, type Rule, unless, until } from './rule.ts';

/** The contract of hal/modem-uart.ts. The far side answers "AT" and a carriage return by OK, once each time. */
export function modemUartContract(uart: ModemUart, clock: Clock): Rule[] {
  let heard = '';
  const hasAnswered = (): boolean => contains(heard, 'OK');

  function listen(): void {
    heard = '';
    uart.open((bytes) => {
      heard += bytes;
    });
  }

  /** As long as the far side takes to answer, and longer. */
  function wait(then: () => void): void {
    until(clock, 2, () => false, then);
  }

  function exchange(data: string | Uint8Array, then: () => void): void {
    heard = '';
    uart.write(data);
    wait(then);
  }

  return [
    {
      name: 'carries bytes as characters both ways',
      run: (done) => {
        listen();
        exchange('AT\r', () => {
          let wide = false;
          for (let i = 0; i < heard.length; i++) if (heard.charCodeAt(i) > 255) wide = true;
          uart.close();
          done(firstOf([unless(hasAnswered(), 'no answer'), unless(!wide, 'a character is no byte')]));
        });
      },
    },
    {
      name: 'writes an array of bytes like a string',
      run: (done) => {
        listen();
        exchange(new Uint8Array([65, 84, 13]), () => {
          uart.close();
          done(unless(hasAnswered(), 'no answer'));
        });
      },
    },
    {
      name: 'delivers nothing that comes while it is closed',
      run: (done) => {
        listen();
        uart.write('AT\r');
        uart.close();
        wait(() => {
          const meanwhile = heard;
          listen();
          wait(() => {
            uart.close();
            done(unless(meanwhile === '' && !hasAnswered(), 'heard it all the same'));
          });
        });
      },
    },
    {
      name: 'delivers to the last one who opened it, and to nobody else',
      run: (done) => {
        let stale = 0;
        uart.open(() => {
          stale++;
        });
        uart.close();
        listen();
        exchange('AT\r', () => {
          uart.close();
          done(
            firstOf([
              unless(stale === 0, 'an old listener heard it too'),
              unless(hasAnswered(), 'no answer'),
            ]),
          );
        });
      },
    },
  ];
}
