import { expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { itemLine, parseTranscript } from './transcript.ts';

function refusal(text: string): ColdrailError {
  try {
    parseTranscript(text, 'field.jsonl');
  } catch (error) {
    if (error instanceof ColdrailError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

test('the four kinds of lines are read, comments and empty lines passed over', () => {
  const text = [
    '# a comment',
    '',
    '{"expect": "AT"}\r',
    '{"send": "\\r\\nOK\\r\\n", "afterS": 0.5}',
    '{"send": "\\u00ff"}',
    '  {"wait": 2}',
    '{"close": true}',
  ].join('\n');
  expect(parseTranscript(text, 'x')).toEqual([
    { kind: 'expect', text: 'AT', line: 3 },
    { kind: 'send', text: '\r\nOK\r\n', afterS: 0.5, line: 4 },
    { kind: 'send', text: '\xff', afterS: 0, line: 5 },
    { kind: 'wait', seconds: 2, line: 6 },
    { kind: 'close', line: 7 },
  ]);
});

test('items written as lines are read back as they were, in ASCII', () => {
  const text =
    '{"expect":"AT*"}\n{"send":"> \\u00ff\\u0000\\u007f","afterS":0.25}\n{"wait":3}\n{"close":true}';
  const items = parseTranscript(text, 'x');
  const written = items.map(itemLine).join('\n');
  expect(written).toMatch(/^[\n -~]*$/);
  expect(parseTranscript(written, 'x')).toEqual(items);
});

test.each([
  ['no JSON', 'AT+CSQ', /no JSON/],
  ['half a line', '{"expect": "AT', /no JSON/],
  ['a list', '["AT"]', /one of/],
  ['nothing', 'null', /one of/],
  ['an empty object', '{}', /one of/],
  ['two kinds', '{"expect": "AT", "send": "OK"}', /one of/],
  ['an unknown key', '{"expect": "AT", "within": 3}', /unknown key "within"/],
  ['a delay before what the tracker writes', '{"expect": "AT", "afterS": 3}', /one of/],
  ['a number to expect', '{"expect": 3}', /"expect" is not a text/],
  ['an empty command', '{"expect": ""}', /"expect" is not a text/],
  ['a long command', `{"expect": "${'A'.repeat(600)}"}`, /"expect" is not a text/],
  ['more than a modem says at once', `{"send": "${'A'.repeat(9000)}"}`, /"send" is not a text/],
  ['a character that is no byte', '{"send": "\\u20ac"}', /no byte/],
  ['a pause backwards', '{"wait": -1}', /"wait" is not a number of seconds/],
  ['a pause without end', '{"wait": 1e300}', /"wait" is not a number of seconds/],
  ['a delay in words', '{"send": "OK", "afterS": "1"}', /"afterS" is not a number of seconds/],
  ['a close that is none', '{"close": false}', /"close" is true/],
  ['a very long line', `{"send": "${'A'.repeat(70000)}"}`, /more than 65536 characters/],
])('%s is refused, and the line is named', (_what, line, why) => {
  const error = refusal(`{"expect": "AT"}\n# comment\n${line}\n`);
  expect(error.id).toBe('replay.bad-line');
  expect(error.message).toContain('Line 3 of field.jsonl');
  expect(error.message).toMatch(why);
});
