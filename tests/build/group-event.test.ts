/** The page of an event of many thin websites: each day has too few tests for a rate, and the timeline still shows it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import { toRequest } from '../../site/figures/request.ts';
import { witnesses } from '../../site/figures/witnesses/figure.ts';
import { eventsQuery } from '../../site/query/witnesses.ts';
import { buildLines, websiteLine, type BuiltDumps } from '../support/built-dumps.ts';
import { country, day } from '../support/days.ts';
import { scratchFolder } from '../support/scratch.ts';

const FIRST = day('2024-03-01');
const PLACE = country('KE');
const [BLOCKED, WEBSITES, NETWORKS] = [60, 18, 12];

/** Three tests a day of 18 websites from 12 networks; from the sixtieth day on five in six have a false DNS answer. */
function makeLines(): readonly string[] {
  return Array.from({ length: (BLOCKED + 18) * 3 }, (_, index) => {
    const at = Math.floor(index / 3);
    return websiteLine({
      input: `https://site-${String((index * 7) % WEBSITES)}.example/`,
      day: addDays(FIRST, at),
      place: PLACE,
      asn: 64500 + ((index * 5 + Math.floor(index / NETWORKS)) % NETWORKS),
      index,
      blocked: at >= BLOCKED && index % 6 !== 0,
    });
  });
}

describe('websites that fell together', () => {
  const scratch = scratchFolder('group-event');
  let data: BuiltDumps;
  beforeAll(async () => {
    data = await buildLines(scratch, makeLines());
  });
  afterAll(() => data.close());

  it('have a timeline of rates that rose, with their own beginning', async () => {
    const [event, ...others] = await data.ask(eventsQuery(PLACE));
    expect(others).toEqual([]);
    expect(event).toMatchObject({ domain: null, first_sign: addDays(FIRST, BLOCKED) });
    const subject = { kind: 'event', probeCc: PLACE, eventId: event?.event_id ?? '' } as const;
    const until = addDays(FIRST, BLOCKED + 18);
    const release = { version: '', until, edition: 'all', synthetic: false } as const;
    const made = await askFigure(data.ask, witnesses, toRequest(witnesses, { subject, release }));
    const [track] = made?.view.tracks ?? [];
    expect(track?.missing).toBeNull();
    expect(track?.points.map(({ value }) => Math.round(100 * value))).toEqual([0, 2, 84]);
    expect(track?.spans).toHaveLength(1);
    expect(made === null ? [] : witnesses.sources(made.view)).toHaveLength(1);
  });
});
