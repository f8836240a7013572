import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { buildPage } from './build.ts';

let html = '';

beforeAll(async () => {
  html = await buildPage();
});

const inside = (name: string): string => new RegExp(`<${name}[^>]*>([^]*?)</${name}>`).exec(html)?.[1] ?? '';
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the page is one file: nothing in it is loaded from elsewhere', () => {
  const around = html.replace(inside('script'), '').replace(inside('style'), '');
  expect(around).not.toMatch(/\b(src|href)="(?!data:)/);
  expect(inside('style')).not.toMatch(/url\(|@import/);
  expect(inside('script')).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(/);
});

test('its policy forbids the network, and runs this program and this style only', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src ${hash(inside('script'))}`);
  expect(policy).toContain(`style-src ${hash(inside('style'))}`);
  expect(policy).not.toMatch(/unsafe|connect-src|https?:/);
});

test('neither program nor style ends its element early', () => {
  expect(html.match(/<\/script/gi)).toHaveLength(1);
  expect(html.match(/<\/style/gi)).toHaveLength(1);
});

test('markup is never made from text', () => {
  expect(inside('script')).not.toMatch(/insertAdjacentHTML|outerHTML|document\.write|\beval\(|new Function/);
});

test('two builds are the same bytes', async () => {
  expect(await buildPage()).toBe(html);
});
