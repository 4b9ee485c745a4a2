/** What one can safely say: never more than the tests allow, and why not more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import type { SafeEvent, SafeEvidence } from '../../site/figures/safe/known.ts';
import { formatLead } from '../../site/figures/safe/lead-sentence.ts';
import { SAFE_LEVELS, toSafeSentence } from '../../site/figures/safe/sentence.ts';
import { formatSafeCopy } from '../../site/figures/safe/words.ts';
import { asn, day } from '../support/days.ts';

type Counts = NonNullable<SafeEvidence['counts']>;

function counts(tests: number, signs: number, more: Partial<Counts> = {}): Counts {
  return {
    measurement_count: tests + (more.failure_count ?? 0),
    failure_count: 0,
    anomaly_count: signs - (more.confirmed_count ?? 0),
    confirmed_count: 0,
    network_count: 6,
    day_count: 14,
    ...more,
  };
}

function evidence(more: Partial<SafeEvidence>): SafeEvidence {
  return {
    target: { label: 'Telegram', kind: 'app' },
    place: 'the Examplias',
    placeName: 'Examplias',
    since: day('2024-05-01'),
    until: day('2024-05-15'),
    counts: counts(52, 41),
    placeNetworks: 9,
    beforeDays: 28,
    lastDay: null,
    confirmedOn: [],
    before: counts(200, 4),
    events: [],
    ...more,
  };
}

function event(more: Partial<SafeEvent> = {}): SafeEvent {
  return {
    first_sign: day('2024-05-01'),
    first_normal: null,
    startSeen: true,
    global: false,
    days: Array.from({ length: 14 }, (_, index) => ({
      day: addDays(day('2024-05-01'), index),
      tests: 20,
      signs: 15,
    })),
    ...more,
  };
}

const WEBSITE = { label: 'example.org', kind: 'website' } as const;
const WEBSITES = { label: 'the websites tested', kind: 'websites' } as const;

describe('levels, each with the next stronger one and why it goes too far', () => {
  it('not tested says nothing either way', () => {
    const safe = toSafeSentence(evidence({ counts: null }));
    expect(safe.level).toBe('not_tested');
    expect(safe.sentence.replaceAll('\u2009', '')).toBe(
      'No test of Telegram in the Examplias in these data, 1–14 May 2024.',
    );
    expect(safe.stronger).toContain('no sign of interference');
    expect(safe.reason).toContain('nothing either way');
  });

  it('failed tests alone are too few, not normal', () => {
    const failed = counts(0, 0, { failure_count: 50 });
    expect(toSafeSentence(evidence({ counts: failed })).level).toBe('too_few');
  });

  it.each([
    ['29 tests', counts(29, 29)],
    ['one network', counts(300, 200, { network_count: 1 })],
  ])('%s are too few, whatever they show', (_, few) => {
    const safe = toSafeSentence(evidence({ counts: few, events: [event()] }));
    expect(safe.level).toBe('too_few');
    expect(safe.sentence).not.toContain('interference');
    expect(safe.reason).toContain('30 tests and 2 networks');
  });

  it('says of a place with one network on which one the sentence rests', () => {
    const only_probe_asn = asn(64510);
    const one = counts(300, 200, { network_count: 1, only_probe_asn });
    const safe = toSafeSentence(evidence({ counts: one, placeNetworks: 1, events: [event()] }));
    expect(safe.level).toBe('signs');
    expect(safe.addition).toContain('rests on one network (AS64510)');
  });

  it('gives a page its first sentence: the finding against the usual, or nothing', () => {
    const lead = (more: Partial<SafeEvidence>) => formatLead(evidence(more), 'target')?.text;
    expect(lead({ events: [event()] })).toMatch(
      /^Telegram: 79% of tests showed signs of interference from 1 May 2024 \(41 of 52 tests on 6 networks\); 2% in the four weeks before\./,
    );
    expect(lead({ events: [event()], beforeDays: 16 })).toContain('; 2% in the 16 days before.');
    expect(formatLead(evidence({ events: [event()] }), 'place')?.text).toMatch(
      /^Examplias: 79% of tests of Telegram/,
    );
    const sure = (more: Partial<SafeEvidence>) => formatLead(evidence(more), 'target')?.sure;
    expect(sure({ events: [event()] })).toBe('None confirmed; tests of apps cannot confirm.');
    expect(lead({ counts: counts(100, 0) })).toBeUndefined();
    expect(lead({ counts: counts(29, 29) })).toBeUndefined();
  });

  it('says of tests that all failed how many there were', () => {
    const safe = toSafeSentence(evidence({ counts: counts(0, 0, { failure_count: 5 }) }));
    expect(safe.level).toBe('too_few');
    expect(safe.sentence).toMatch(
      /^No test of Telegram in the Examplias reached a verdict: all 5 measurements failed on 6 networks, /,
    );
  });

  it('no sign comes with what would have been noticed', () => {
    const safe = toSafeSentence(evidence({ counts: counts(100, 0), events: [event()] }));
    expect(safe.level).toBe('none');
    expect(safe.sentence).toContain('0 of 100 tests on 6 networks');
    expect(safe.stronger).toBe('There is no interference with Telegram in the Examplias.');
    expect(safe.reason).toContain('at least 3% of attempts');
  });

  it('some signs name the usual that they do not clearly exceed', () => {
    const safe = toSafeSentence(evidence({ counts: counts(100, 20), before: counts(200, 20) }));
    expect(safe.level).toBe('some');
    expect(safe.reason).toContain('the usual of the four weeks before (10%, 20 of 200 tests)');
    const unknown = toSafeSentence(evidence({ counts: counts(100, 20), before: null }));
    expect(unknown.reason).toContain('stray signs');
  });

  it.each([
    [
      'rare',
      evidence({ counts: counts(1465, 60), before: null }),
      /too rare to tell from faults: 60 of 1,465/,
    ],
    [
      'unclear',
      evidence({ counts: counts(1465, 177), before: null }),
      /ordinary faults could also explain: 177/,
    ],
    [
      'usual',
      evidence({ counts: counts(100, 20), before: counts(200, 20) }),
      /not clearly more than/,
    ],
    ['global', evidence({ events: [event({ global: true })] }), /as in many countries/],
  ])('many tests are never called too few: %s', (_, given, words) => {
    const { level, sentence } = toSafeSentence(given);
    expect(level).toBe('some');
    expect(sentence).toMatch(words);
    expect(sentence).not.toContain('too few');
  });

  it('one day alone is never more than some signs without an event', () => {
    const one = { since: day('2024-05-01'), until: day('2024-05-02') };
    const safe = toSafeSentence(evidence({ ...one, counts: counts(52, 50, { day_count: 1 }) }));
    expect(safe.level).toBe('some');
    expect(safe.reason).toContain('One day alone');
  });

  it('signs need an event or a low end 15 points above the usual', () => {
    expect(toSafeSentence(evidence({})).level).toBe('signs');
    const mild = { counts: counts(100, 14), before: counts(200, 10) };
    expect(toSafeSentence(evidence(mild)).level).toBe('some');
    expect(toSafeSentence(evidence({ ...mild, events: [event()] })).level).toBe('signs');
  });

  it('a change of many places at once makes no event', () => {
    const safe = toSafeSentence(evidence({ events: [event({ global: true })] }));
    expect(safe.level).toBe('some');
    expect(safe.reason).toContain('Many countries');
  });

  it('an app cannot be confirmed, and the reason says so', () => {
    const safe = toSafeSentence(evidence({ events: [event()] }));
    expect(safe.stronger).toBe('Interference with Telegram in the Examplias is confirmed.');
    expect(safe.reason).toContain('Only a block page can confirm, and apps');
  });

  it('one or two confirmed tests do not confirm', () => {
    const two = counts(52, 41, { confirmed_count: 2 });
    const safe = toSafeSentence(evidence({ target: WEBSITE, counts: two }));
    expect(safe.level).toBe('signs');
    expect(safe.reason).toContain('Only 2 of the tests met a known block page');
    const none = toSafeSentence(evidence({ target: WEBSITE }));
    expect(none.reason).toContain('leave no such proof');
  });

  it('three do, and then the networks bound what is said', () => {
    const many = counts(52, 41, { confirmed_count: 30 });
    const safe = toSafeSentence(evidence({ target: WEBSITE, counts: many }));
    expect(safe.level).toBe('confirmed');
    expect(safe.sentence).toContain('30 tests met a known block page or address');
    expect(safe.sentence).toContain('41 of 52 tests with signs on 6 networks');
    expect(safe.reason).toContain('6 networks');
  });
});

describe('block pages speak for the websites that they stand for', () => {
  const some = { target: WEBSITES, counts: counts(35_647, 507, { confirmed_count: 3 }) };

  it('the confirmed tests are counted and their websites named', () => {
    const confirmedOn = [
      { domain: 'one.example', confirmed_count: 2 },
      { domain: 'two.example', confirmed_count: 1 },
    ];
    const safe = toSafeSentence(evidence({ ...some, confirmedOn }));
    expect(safe.sentence).toContain(
      '3 of 35,647 tests of websites in the Examplias met a known block page or address, on 2 websites: one.example, two.example.',
    );
    expect(`${safe.sentence} ${safe.stronger}`).not.toMatch(/websites tested/);
    expect(safe.reason).toContain('not with others');
  });

  it('counts that name no websites say so', () => {
    expect(toSafeSentence(evidence(some)).sentence).toContain(
      'the counts do not name the websites',
    );
  });

  it('one or two are counted beside weak signs', () => {
    const two = { target: WEBSITES, counts: counts(1465, 77, { confirmed_count: 2 }) };
    const { level, addition } = toSafeSentence(evidence(two));
    expect(level).toBe('some');
    expect(addition).toBe('2 of them met a known block page or address.');
  });
});

describe('the course of an event', () => {
  const fadingDays = event().days.map((point, index) =>
    index >= 11 ? { ...point, signs: 3 } : point,
  );

  it('fades when the latest three points are under half, and is not called over', () => {
    const safe = toSafeSentence(evidence({ events: [event({ days: fadingDays })] }));
    expect(safe.course).toBe('fading');
    expect(safe.addition).toBe(
      'In the last 3 days with tests the share fell to 15% (9 of 60 tests, 12–14 May 2024).',
    );
    expect(`${safe.sentence} ${String(safe.addition)}`).not.toMatch(/no longer|ended|over/);
  });

  it('says that nobody tests it any more, so that its end is not known', () => {
    const fading = { events: [event({ days: fadingDays })] };
    const addition = (last: string) =>
      toSafeSentence(evidence({ ...fading, lastDay: day(last) })).addition;
    expect(addition('2024-05-28')).not.toContain('stopped');
    expect(addition('2024-05-29')).toMatch(
      /\(9 of 60 tests, 12–14 May 2024\)\. Regular testing stopped on 14 May 2024: whether it ended is not known\.$/,
    );
  });

  it('is judged by what was known on the last of the days', () => {
    const early = { until: day('2024-05-10'), events: [event({ days: fadingDays })] };
    expect(toSafeSentence(evidence(early)).course).toBe('lasting');
  });

  it('is over only when the rule found its end within the days', () => {
    const ended = event({ first_normal: day('2024-05-12') });
    const safe = toSafeSentence(evidence({ events: [ended] }));
    expect(safe.course).toBe('over');
    expect(safe.addition).toBe('From 12 May 2024 they were no more frequent than before.');
    const unseen = { events: [{ ...ended, startSeen: false }] };
    expect(toSafeSentence(evidence(unseen)).addition).toBe(
      'From 12 May 2024 they were less frequent.',
    );
    const before = toSafeSentence(evidence({ events: [ended], until: day('2024-05-12') }));
    expect(before.course).not.toBe('over');
    // What a page begins with is told by who knows its end.
    const lead = (until: string) =>
      formatLead(evidence({ events: [ended], until: day(until) }), 'target')?.ended;
    expect(lead('2024-05-12')).toBe('From 12 May 2024 they were no more frequent than before.');
    expect(lead('2024-05-13')).toBeNull();
    expect(formatLead(evidence({ events: [event()] }), 'target')?.ended).toBeNull();
  });
});

it('says where networks are not known', () => {
  const unknown = counts(520, 410, { network_count: null });
  expect(toSafeSentence(evidence({ counts: unknown })).sentence).toContain(
    ', number of networks unknown,',
  );
});

it('copies take caveat, source, release and address along', () => {
  const source = {
    version: '2024-05-14-abcd1234',
    url: 'https://atlas.example/country/XX/',
    synthetic: false,
  };
  const safe = toSafeSentence(evidence({}));
  const text = formatSafeCopy(safe, source);
  expect(text.startsWith(safe.sentence)).toBe(true);
  expect(text).toContain(safe.caveat);
  expect(text).not.toContain(safe.stronger);
  expect(text).toMatch(/OONI, CC BY-NC-SA 4\.0.*2024-05-14-abcd1234, https:\S+$/);
  expect(formatSafeCopy(safe, { ...source, synthetic: true })).toMatch(/^SYNTHETIC SAMPLE/);
});

describe('for any counts', () => {
  const arbitrary = fc
    .record({
      ok: fc.nat(400),
      anomaly: fc.nat(400),
      confirmed: fc.nat(6),
      failed: fc.nat(50),
      networks: fc.option(fc.integer({ min: 1, max: 40 })),
      days: fc.integer({ min: 1, max: 14 }),
      confirmable: fc.boolean(),
      withEvent: fc.boolean(),
    })
    .map(({ ok, anomaly, confirmed, failed, networks, days, confirmable, withEvent }) =>
      evidence({
        target: { label: 'the target', kind: confirmable ? 'websites' : 'app' },
        counts: {
          measurement_count: ok + anomaly + (confirmable ? confirmed : 0) + failed,
          failure_count: failed,
          anomaly_count: anomaly,
          confirmed_count: confirmable ? confirmed : 0,
          network_count: networks,
          day_count: days,
        },
        events: withEvent ? [event()] : [],
      }),
    );

  it('the word blocked is never said, nor a state named, and every number has its denominator and dates', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const { level, sentence, addition, stronger, reason, caveat } = toSafeSentence(given);
        const said = `${sentence} ${String(addition)} ${stronger} ${reason} ${caveat}`;
        expect(SAFE_LEVELS).toContain(level);
        expect(said).not.toMatch(/\bblocked\b|government|censor|NaN|undefined|\{/i);
        expect(sentence).toMatch(/2024/);
        if (level !== 'confirmed') expect(sentence).not.toContain('confirmed');
        if (level === 'confirmed') expect(given.target.kind).not.toBe('app');
        if (['some', 'signs', 'confirmed'].includes(level))
          expect(sentence).toMatch(/[\d,]+ of [\d,]+ tests.* networks?/);
        expect(reason).not.toBe('');
        expect(stronger).not.toBe(sentence);
      }),
    );
  });

  it('more signs never make a weaker sentence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 400 }), fc.nat(400), fc.nat(400), (tests, a, b) => {
        const [less = 0, more = 0] = [Math.min(a, tests), Math.min(b, tests)].sort((x, y) => x - y);
        const rank = (signs: number) =>
          SAFE_LEVELS.indexOf(toSafeSentence(evidence({ counts: counts(tests, signs) })).level);
        expect(rank(more)).toBeGreaterThanOrEqual(rank(less));
      }),
    );
  });
});
