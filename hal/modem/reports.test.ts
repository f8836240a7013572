import { describe, expect, it } from 'vitest';
import { fieldOf, networkIn, numberOf, registrationIn, tagOf } from './reports.ts';

describe('a registration', () => {
  it.each([
    ['+CEREG: 0,1', 1],
    ['+CEREG: 2,5,"5B57","195071B",9', 5],
    ['+CGREG: 4,3,,,,0,15', 3],
    ['+CREG: 0,6', 6],
    ['+CEREG: 2', 2],
    ['+CEREG: 1', 1],
    ['+CEREG: 5,"5B57","195071B",7', 5],
    ['+CEREG: ', 0],
    ['+CEREG: x,y', 0],
  ])('is read from %s, asked for or not', (line, stat) => {
    expect(registrationIn(line)).toBe(stat);
  });
});

describe('a network', () => {
  it.each([
    ['+COPS: 0,2,"26201",7', 26_201],
    ['+COPS: 1,2,"310410",9', 310_410],
    ['+COPS: 0', 0],
    ['+COPS: 0,0,"262 01",7', 0],
    ['+COPS: 0,0,"Telekom.de",7', 0],
    ['', 0],
  ])('is the digits in %s', (line, network) => {
    expect(networkIn(line)).toBe(network);
  });
});

it('gives the fields of a line, without quotes, and nothing where there is none', () => {
  expect(fieldOf('+CNACT: 0,1,"10.1.2.3"', 2)).toBe('10.1.2.3');
  expect(fieldOf('+CNACT: 0,1,"10.1', 2)).toBe('10.1');
  expect(fieldOf('+CSQ: 17,99', 5)).toBe('');
  expect(numberOf('+CSQ: 17,99', 0)).toBe(17);
  expect(numberOf('+CSQ: ,99', 0)).toBe(-1);
});

it('tells certificates apart by their length and their end, and nothing from something', () => {
  const certificate = `-----BEGIN CERTIFICATE-----\n${'M'.repeat(700)}AbC=\n-----END CERTIFICATE-----\n`;
  const tags = [certificate, certificate.replace('AbC', 'AbD'), certificate.replace('MMM', 'MM'), 'x', ''];
  expect(new Set(tags.map(tagOf)).size).toBe(tags.length);
  expect(tagOf('')).toBe(0);
  expect(tagOf('x')).toBeGreaterThan(0);
});
