import { describe, expect, it } from 'vitest';
import { element, escapeText, raw } from './markup.ts';

describe('markup', () => {
  it('escapes text in content and in attributes', () => {
    const html = element('a', { title: '"\'><script>' }, '<b>&</b>').html;
    expect(html).toBe('<a title="&quot;&#39;&gt;&lt;script&gt;">&lt;b&gt;&amp;&lt;/b&gt;</a>');
  });

  it('takes markup only from markup, not from an object that looks like it', () => {
    const forged = { html: '<script>' } as unknown as string;
    expect(element('p', {}, forged).html).not.toContain('<script>');
    expect(element('p', {}, raw('<br>')).html).toBe('<p><br></p>');
  });

  it('replaces control characters and keeps letters of any script', () => {
    expect(escapeText('a\0b\u001b[2J Yên Viên 重庆')).toBe('a\uFFFDb\uFFFD[2J Yên Viên 重庆');
  });

  it('leaves out attributes without a value', () => {
    expect(element('td', { class: undefined, id: 'x' }).html).toBe('<td id="x"></td>');
  });
});
