/** A share card never stands without its numbers and its caveat. */
import { describe, expect, it } from 'vitest';
import { toCardWords } from '../../site/export/picture-words.ts';
import { newestEvent } from '../../site/figures/safe/lead.ts';
import { AS_SURGE, START } from '../../site/figures/witnesses/cases.ts';
import type { EventRow } from '../../site/query/witnesses.ts';
import { toEventCard } from '../../site/view/event-card.ts';
import { toEventView } from '../../site/view/events.ts';
import { day } from '../support/days.ts';

const lastDay = day('2024-11-29');
const view = (event: EventRow, measured: string | null = null) =>
  toEventView(
    event,
    measured === null
      ? new Map()
      : new Map([[event.event_id, { measuredUntil: day(measured), latest: null, fading: false }]]),
    lastDay,
  );
const detail = (text: string) =>
  toCardWords(
    { title: 'T', detail: text, host: 'h', credits: [], language: 'en', warning: null },
    true,
  ).subtitle;

describe('the card of an event', () => {
  it('of tests has their days, counts and networks, and that none is confirmed', () => {
    expect(toEventCard(view(START, '2024-11-20')).detail).toBe(
      '7–20 November 2024 · 62 of 100 tests on 5 networks · none confirmed',
    );
    expect(toEventCard(view(START)).detail).toMatch(/^from 7 November 2024 · 62 of 100 tests/);
    expect(toEventCard(view({ ...START, confirmed_count: 3 })).detail).toMatch(/3 confirmed$/);
  });

  it('of tool use has the usual, the farthest figure and a caveat', () => {
    expect(toEventCard(view({ ...START, ...AS_SURGE, magnitude: 5.25 }, '2024-11-20')).detail).toBe(
      '7–20 November 2024 · usual 1,200, highest 6,300 on 9 November 2024 (estimated clients) · can have other causes than interference',
    );
  });

  it('stands on the page of a network or theme that begins with the event', () => {
    const newest = view(START, '2024-11-20');
    expect(newestEvent([newest])?.card).toEqual(toEventCard(newest));
  });
});

describe('the second line of a card with a chart', () => {
  const long = `Tests of websites listed as “Human rights issues” in a country with a long name, taken together, showed signs of interference from 7 November 2024: 1,537 of 2,475 tests on 23 networks, none of them confirmed.`;

  it('keeps whole sentences that fit', () => {
    expect(detail('One of two tests. None confirmed.')).toBe('One of two tests. None confirmed.');
    expect(detail(`One of two tests. ${long}`)).toBe('One of two tests.');
  });

  it('shortens a first sentence that does not fit, between words, and never loses it', () => {
    const shown = detail(`${long} None confirmed.`);
    expect(shown.length).toBeGreaterThan(120);
    expect(shown.length).toBeLessThanOrEqual(150);
    expect(shown).toMatch(/\w…$/);
    expect(
      long.startsWith(`${shown.slice(0, -1)} `) || long.startsWith(`${shown.slice(0, -1)}:`),
    ).toBe(true);
  });
});
