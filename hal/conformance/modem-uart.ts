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

  /** Write, and hear what comes in 2 s. */
  function exchange(data: string | Uint8Array, then: () => void): void {
    heard = '';
    uart.write(data);
    until(clock, 2, () => false, then);
  }

  return [
    {
      name: 'carries bytes as characters both ways',
      run: (done) => {
        listen();
        exchange('AT\r', () => {
          let wide = false;
          for (let i = 0; i < heard.length; i++) if (heard.charCodeAt(i) > 255) wide = true;
          done(firstOf([unless(hasAnswered(), 'no answer'), unless(!wide, 'a character is no byte')]));
        });
      },
    },
    {
      name: 'writes an array of bytes like a string',
      run: (done) => {
        exchange(new Uint8Array([65, 84, 13]), () => {
          done(unless(hasAnswered(), 'no answer'));
        });
      },
    },
    {
      name: 'delivers nothing that comes while it is closed',
      run: (done) => {
        heard = '';
        uart.write('AT\r');
        uart.close();
        until(
          clock,
          2,
          () => false,
          () => {
            const meanwhile = heard;
            listen();
            until(
              clock,
              2,
              () => false,
              () => {
                done(unless(meanwhile === '' && !hasAnswered(), 'heard it all the same'));
              },
            );
          },
        );
      },
    },
    {
      name: 'delivers once after it was closed and opened again',
      run: (done) => {
        exchange('AT\r', () => {
          const answers = heard.split('OK').length - 1;
          uart.close();
          done(unless(answers === 1, `one answer came ${answers} times`));
        });
      },
    },
  ];
}
