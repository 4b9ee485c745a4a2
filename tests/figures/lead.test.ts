/** A page begins with what was found in the days that it shows, and says nothing twice. */
import { expect, it } from 'vitest';
import { leadOf, type LeadEntry } from '../../site/figures/safe/lead.ts';
import type { SafeLevel } from '../../site/figures/safe/sentence.ts';
import { START } from '../../site/figures/witnesses/cases.ts';
import type { EventRow } from '../../site/query/witnesses.ts';
import { toEventView } from '../../site/view/events.ts';
import { day } from '../support/days.ts';

const TARGET = { first: day('2024-01-01'), last: day('2024-06-30'), thin: false, url: '' };

const shown = { since: day('2023-07-01'), until: day('2024-07-01') };

function entry(
  text: string,
  level: SafeLevel,
  { signs, tests }: { readonly signs: number; readonly tests: number },
  since: string,
  until: string,
): LeadEntry {
  const frame = {
    since: day(since),
    until: day(until),
    grain: 'day',
    dataUntil: day(until),
  } as const;
  const plain = {
    sentence: text,
    addition: null,
    stronger: '',
    reason: '',
    caveat: 'Who tests differs.',
  };
  return {
    made: {
      view: {
        safe: { ...plain, level, course: null },
        copy: text,
        lead: { target: text, place: `There: ${text}` },
        ended: null,
        sure: null,
        card: null,
        share: { signs, tests },
      },
      request: { frame, subject: { kind: 'release' } },
    },
  };
}

const old = entry('of 2021', 'confirmed', { signs: 90, tests: 900 }, '2021-03-17', '2021-04-17');
const late = entry('of May', 'signs', { signs: 60, tests: 100 }, '2024-05-01', '2024-06-01');

const only = (said: string) => ({
  said,
  then: null,
  copied: [`There: ${said}`, 'Who tests differs.'],
  url: null,
  card: null,
  event: null,
  series: null,
});

it('leaves out what lies in other days than those that the page shows', () => {
  const share = { signs: 700, tests: 9000 };
  expect(leadOf([old], { share, shown }, 'target')).toBeNull();
  expect(leadOf([old, late], { share, shown }, 'target')).toEqual(only('of May'));
  expect(leadOf([old], { share, shown: null }, 'target')).toEqual(only('of 2021'));
});

it('leaves out what the totals say but for one test', () => {
  const websites = entry(
    'again',
    'confirmed',
    { signs: 599, tests: 999 },
    '2024-05-01',
    '2024-06-01',
  );
  expect(leadOf([websites], { share: { signs: 600, tests: 1000 }, shown }, 'target')).toBeNull();
  expect(leadOf([websites], { share: { signs: 600, tests: 2000 }, shown }, 'target')).toEqual(
    only('again'),
  );
  expect(leadOf([websites], { share: null, shown }, 'target')).toEqual(only('again'));
});

it('says in small, after the finding, what became of it', () => {
  const { view, request } = late.made;
  const fading = { ...view, safe: { ...view.safe, addition: 'It fades.' } };
  const entries = [{ made: { view: fading, request } }];
  expect(leadOf(entries, { share: null, shown }, 'target')).toEqual({
    said: 'of May',
    then: 'It fades.',
    copied: ['There: of May', 'It fades.', 'Who tests differs.'],
    url: null,
    card: null,
    event: null,
    series: null,
  });
});

it('says how sure a finding is that stands alone', () => {
  const { view, request } = late.made;
  const unsure = { made: { view: { ...view, sure: 'None confirmed.' }, request } };
  expect(leadOf([unsure], { share: null, shown }, 'target')?.then).toBe('None confirmed.');
  const confirmed = entry('sure', 'confirmed', { signs: 9, tests: 90 }, '2024-05-01', '2024-06-01');
  expect(leadOf([confirmed, unsure], { share: null, shown }, 'target')).toMatchObject({
    said: 'sure of May',
    then: null,
  });
  const newest = toEventView(START, new Map(), day('2024-06-30'));
  expect(leadOf([], { share: null, shown }, 'target', [newest])?.then).toMatch(
    /None confirmed; tests of apps cannot confirm\.$/,
  );
});

it('copies what became of it, and each caveat once, after all that is said', () => {
  const at = (of: LeadEntry, addition: string, url: string): LeadEntry => ({
    made: {
      view: { ...of.made.view, safe: { ...of.made.view.safe, addition } },
      request: {
        ...of.made.request,
        subject: {
          kind: 'target',
          probeCc: START.probe_cc,
          testName: 'whatsapp',
          domain: null,
          ...TARGET,
          url,
        },
      },
    },
  });
  const sure = entry('sure', 'confirmed', { signs: 9, tests: 90 }, '2024-05-01', '2024-06-01');
  const [one, other] = [at(sure, 'Rising.', '/one'), at(late, 'Fading.', '/other')];
  const lead = (entries: readonly LeadEntry[]) =>
    leadOf(entries, { share: null, shown }, 'target', []);
  expect(lead([one])).toMatchObject({
    copied: ['There: sure', 'Rising.', 'Who tests differs.'],
    url: '/one',
  });
  expect(lead([one, other])).toMatchObject({
    said: 'sure of May',
    copied: ['There: sure', 'There: of May', 'Rising.', 'Fading.', 'Who tests differs.'],
    url: null,
  });
});

it('begins with the finding that the timeline below is headed by, unless that is over', () => {
  const of = (said: LeadEntry, testName: string): LeadEntry => ({
    made: {
      ...said.made,
      request: {
        ...said.made.request,
        subject: { kind: 'target', probeCc: START.probe_cc, testName, domain: null, ...TARGET },
      },
    },
  });
  const earlier = entry(
    'of Telegram',
    'signs',
    { signs: 9, tests: 90 },
    '2024-02-01',
    '2024-03-01',
  );
  const entries = [of(late, 'whatsapp'), of(earlier, 'telegram')];
  const lead = (first_normal: EventRow['first_normal']) => {
    const views = [toEventView({ ...START, first_normal }, new Map(), day('2024-06-30'))];
    return leadOf(entries, { share: null, shown }, 'target', views);
  };
  expect(START.test_name).toBe('telegram');
  expect(lead(null)?.said).toBe('of Telegram');
  expect(lead(day('2024-03-02'))?.said).toBe('of May');
});

it('names the event whose days it is of, for the chart under it', () => {
  const subject = {
    kind: 'target',
    probeCc: START.probe_cc,
    testName: 'telegram',
    domain: null,
  } as const;
  const { view, request } = late.made;
  const entries = [{ made: { view, request: { ...request, subject: { ...subject, ...TARGET } } } }];
  const end = { ...START, event_id: 'end', kind: 'interference_end' } as const;
  const lead = (...first: readonly [end: string, start: string]) => {
    const [ended, started] = first.map((text) => day(text));
    const views = [
      { ...end, first_sign: ended ?? end.first_sign },
      { ...START, first_sign: started ?? START.first_sign },
    ].map((event) => toEventView(event, new Map(), day('2024-06-30')));
    return leadOf(entries, { share: null, shown }, 'target', views)?.event;
  };
  expect(lead('2024-05-01', '2024-05-01')).toBe('start');
  expect(lead('2024-05-01', '2024-01-01')).toBe('end');
  expect(lead('2024-01-01', '2024-01-01')).toBeNull();
});
