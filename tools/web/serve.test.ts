import { expect, test } from 'vitest';
import { servePage } from './serve.ts';

test('serves the page, and nothing else', async () => {
  const served = await servePage('<!doctype html><title>x</title>', 0);
  try {
    const page = await fetch(served.url);
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>x</title>']);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect((await fetch(`${served.url}package.json`)).status).toBe(404);
    expect((await fetch(served.url, { method: 'POST' })).status).toBe(404);
  } finally {
    await served.close();
  }
});

test('a port that is taken is an error with a remedy', async () => {
  const served = await servePage('', 0);
  try {
    const port = Number(new URL(served.url).port);
    await expect(servePage('', port)).rejects.toMatchObject({ id: 'web.port-in-use', exitCode: 1 });
  } finally {
    await served.close();
  }
});
