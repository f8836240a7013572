import { describe, expect, it } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import type { RideResult } from '../ride/result.ts';
import { renderReport } from './page.ts';
import { syntheticRide } from './testing/fixture.ts';

const ride = syntheticRide();
const HOSTILE = `</title></text><script src="//evil.example/x.js"></script><img src=x onerror=alert(1)> " onload='`;

describe('report', () => {
  it('is one file that asks the network for nothing', () => {
    const html = renderReport(ride);
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/<(script|img|iframe|object|embed|image|use)\b|@import|url\(|src=/);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['data:,']);
    expect(html).toContain('default-src &#39;none&#39;');
  });

  it('stays small enough to mail', () => {
    expect(Buffer.byteLength(renderReport(ride))).toBeLessThan(600_000);
  });

  it('is the same to the byte for the same ride', () => {
    expect(renderReport(syntheticRide(7))).toBe(renderReport(syntheticRide(7)));
  });

  it('shows hostile names as text, wherever they stand', () => {
    const hostile: RideResult = {
      ...ride,
      title: HOSTILE,
      summary: { ...ride.summary, scenario: HOSTILE, board: HOSTILE },
      gaps: ride.gaps.map((gap) => ({ ...gap, where: HOSTILE, reason: HOSTILE })),
      stops: ride.stops.map((stop) => ({ ...stop, name: HOSTILE, note: HOSTILE })),
    };
    const html = renderReport(hostile);
    expect(html).not.toMatch(/<script|<img|<[^>]* on(error|load)=/);
    expect(html).toContain('&lt;script');
    const known = tagsOf(renderReport(ride));
    expect([...tagsOf(html)].filter((tag) => !known.has(tag))).toEqual([]);
  });

  it('gives departure, arrival and verdict', () => {
    const html = renderReport(ride);
    expect(html).toContain('Yen Vien, Hanoi, 2026-01-08 06:00 UTC');
    expect(html).toContain('Duisburg, 2026-02-02 06:00 UTC');
    expect(html).toContain('<p class="verdict">✓ 3,600 readings taken, 3,600 delivered exactly once');
  });

  it('turns red when a reading is lost', () => {
    const summary = { ...ride.summary, lost: 2, inDatabase: ride.summary.inDatabase - 2 };
    expect(renderReport({ ...ride, summary })).toContain('<p class="verdict bad">✗ ');
  });

  it('draws the holes in coverage on the map and says whose borders it shows', () => {
    const html = renderReport(ride);
    expect(html).toMatch(/<path class="uncovered" d="M[^"]{20,}"/);
    expect(html).toContain('de facto');
    const covered = { ...ride, track: ride.track.map((point) => ({ ...point, covered: true })) };
    expect(renderReport(covered)).toContain('<path class="uncovered" d="">');
  });

  it('names every station on the map, each once', () => {
    const map = /<svg[^>]*aria-labelledby="map.*?<\/svg>/s.exec(renderReport(ride))?.[0] ?? '';
    const names = [...map.matchAll(/class="station"[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(names.sort()).toEqual(ride.stops.map(({ name }) => name.replace("'", '&#39;')).sort());
  });

  it('tells a screen reader what each picture shows', () => {
    const pictures = [
      ...renderReport(ride).matchAll(/<svg role="img" aria-labelledby="(\S+) (\S+)".*?<\/svg>/gs),
    ];
    expect(pictures).toHaveLength(3);
    for (const [svg, title, description] of pictures) {
      expect(svg).toMatch(
        new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`),
      );
    }
  });

  it.each<[string, Partial<RideResult>]>([
    ['readings', { readings: [] }],
    ['gaps', { gaps: [] }],
    ['stops', { stops: [] }],
    ['track', { track: [] }],
    ['outside air', { ambient: [] }],
    ['anything', { readings: [], gaps: [], stops: [], track: [], ambient: [] }],
  ])('is a page even without %s', (_, part) => {
    const html = renderReport({ ...ride, ...part });
    expect(html).toMatch(/<\/html>\n$/);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('shows a ride of one reading in one place', () => {
    const html = renderReport({
      ...ride,
      summary: { ...ride.summary, days: 0 },
      readings: [{ hour: 0, supplyC: 4, supplyRh: null, returnC: null }],
      ambient: [],
      gaps: [],
      track: ride.track.slice(0, 1).map((point) => ({ ...point, covered: false })),
      stops: ride.stops.slice(0, 1),
    });
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(html).toMatch(/class="line supply" d="M[^"]*l0 0"/);
    expect(html).toMatch(/class="uncovered" d="M[^"]*l0 0"/);
  });

  it.each<[string, Partial<RideResult>]>([
    ['departure', { departure: 'next Tuesday' }],
    ['readings[0].hour', { readings: [{ hour: Number.NaN, supplyC: 1, supplyRh: 1, returnC: 1 }] }],
    ['track[0].latDeg', { track: [{ hour: 0, latDeg: 91, lonDeg: 0, km: 0, covered: true }] }],
    ['gaps[0].toHour', { gaps: [{ fromHour: 0, toHour: 1e9, where: '', reason: '', readings: 1 }] }],
  ])('refuses a ride whose %s cannot be drawn, and names it', (field, part) => {
    let error: unknown;
    try {
      renderReport({ ...ride, ...part });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ColdrailError);
    expect(error).toMatchObject({ id: 'report.unreadable-ride', message: expect.stringContaining(field) });
  });
});

/** Every element with the names of its attributes. */
function tagsOf(html: string): Set<string> {
  return new Set(
    [...html.matchAll(/<([a-z]\w*)((?: [\w:-]+="[^"]*")*)>/g)].map(([, tag, attributes]) =>
      [tag, ...(attributes ?? '').matchAll(/ ([\w:-]+)=/g)].map(String).join(' '),
    ),
  );
}
