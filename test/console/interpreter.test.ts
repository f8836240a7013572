import { expect, test } from 'vitest';
import { connect } from '../../tools/console/connect.ts';
import { Interpreter } from '../../tools/flash/testing/interpreter.ts';

const binary = process.env['ESPRUINO'] ?? '';

test.skipIf(binary === '')(
  'the real interpreter without Coldrail is known for what it is, and lives on',
  async () => {
    const board = new Interpreter(binary);
    try {
      const connected = connect(board, { wakeS: 20 });
      await expect(connected).rejects.toMatchObject({
        id: 'console.interpreter',
        message: expect.stringMatching(/Espruino 2v\d+/),
      });
      const answered = new Promise<string>((resolve) => {
        let heard = '';
        board.onText((text) => {
          heard += text;
          if (heard.includes('=42')) resolve(heard);
        });
      });
      await board.write('6*7\r');
      expect(await answered).toContain('=42');
    } finally {
      board.end();
    }
  },
);
