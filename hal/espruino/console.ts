import type { Console } from '../console.ts';

export const espruinoConsole: Console = {
  line: (text) => {
    print(text);
  },
};
