import { expect, test } from 'vitest';
import { ColdrailError } from '../../errors/error.ts';
import { readConfigFile } from './config-file.ts';

const idOf = (text: string): string => {
  try {
    readConfigFile(text);
    return '';
  } catch (error) {
    return error instanceof ColdrailError ? error.id : String(error);
  }
};

test('takes values by the names of keys, at the top or under config, and tells what it does not know', () => {
  const wanted = { values: { intervalS: 300 }, unknown: ['colour', 'trip', 'apn'] };
  const text = '{"intervalS":300,"colour":"red","trip":"T1","apn":["x"]}';
  expect(readConfigFile(text)).toEqual(wanted);
  expect(readConfigFile(`\ufeff{"config":${text}}`)).toEqual(wanted);
});

test('a number may stand there as people write it; one that is wrong stays wrong', () => {
  const { values } = readConfigFile('{"container":"csqu 305438-3","wagon":"2181 2471 2174"}');
  expect(values).toEqual({ container: 'CSQU3054383', wagon: '2181 2471 2174' });
});

test.each(['', '{"intervalS":300', 'intervalS: 300', '<html>'])('%j is no JSON', (text) => {
  expect(idOf(text)).toBe('web.file-not-json');
});

test.each(['{}', '[]', '7', 'null', '{"colour":"red"}', '{"config":[]}'])('%j has no values', (text) => {
  expect(idOf(text)).toBe('web.file-no-values');
});
