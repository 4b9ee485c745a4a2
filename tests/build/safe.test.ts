/** The golden sentences, on the publisher's own dumps of Kenya, November 2024. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import { eventsQuery, type EventRow } from '../../site/query/witnesses.ts';
import { askEvidence } from '../../site/figures/safe/evidence.ts';
import { toSafeSentence, type SafeSentence } from '../../site/figures/safe/sentence.ts';
import { buildDumps, type BuiltDumps } from '../support/built-dumps.ts';
import { day } from '../support/days.ts';
import { scratchFolder } from '../support/scratch.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

describeWithSharedData('Telegram in Kenya', 'ooni/kenya-telegram-2024', (dumps) => {
  const scratch = scratchFolder('safe');
  let data: BuiltDumps;
  let events: readonly EventRow[];

  beforeAll(async () => {
    data = await buildDumps(scratch, dumps);
    events = await data.ask(eventsQuery('KE'));
  });
  afterAll(() => data.close());

  async function say(since: string, until: string): Promise<SafeSentence> {
    const probeCc = toCountryCode('KE');
    if (probeCc === null) throw new Error('KE is a code.');
    const [first, last] = [day('2024-10-15'), day('2024-11-29')];
    const subject = { probeCc, testName: 'telegram', domain: null, first, last };
    return toSafeSentence(
      await askEvidence(data.ask, events, subject, {
        since: day(since),
        until: day(until),
        lastDay: day('2024-12-24'),
      }),
    );
  }

  it('7 to 26 November: signs of interference, never more', async () => {
    const safe = await say('2024-11-07', '2024-11-27');
    expect(safe.level).toBe('signs');
    expect(safe.sentence).toMatch(
      /^Tests of Telegram in Kenya showed signs of interference: 1,448 of 2,154 tests on 22 networks, 7\W+26 November 2024\.$/,
    );
    expect(safe.stronger).toBe('Interference with Telegram in Kenya is confirmed.');
    expect(safe.reason).toContain('Only a block page can confirm, and apps');
    expect(JSON.stringify(safe)).not.toMatch(/blocked/i);
  });

  it('5 November alone, 16 of 105: some signs, no event', async () => {
    const safe = await say('2024-11-05', '2024-11-06');
    expect(safe.level).toBe('some');
    expect(safe.course).toBeNull();
    expect(safe.sentence).toContain('16 of 105 tests');
    expect(safe.sentence).toContain('5 November 2024');
    expect(safe.stronger).toContain('lasting signs');
    expect(safe.reason).toContain('One day alone never makes an event');
    expect(safe.sentence).not.toMatch(/began|event|since/);
  });

  it('29 November, 18 of 98: fading, and no more tests', async () => {
    const safe = await say('2024-11-29', '2024-11-30');
    expect(safe.level).toBe('signs');
    expect(safe.course).toBe('fading');
    expect(safe.sentence).toContain('18 of 98 tests');
    expect(safe.sentence).toContain('at less than half of the share since they began');
    expect(safe.addition).toContain('whether it ended is not known');
    expect(`${safe.sentence} ${String(safe.addition)}`).not.toMatch(/over|no longer|normal again/);
  });

  it('before the leap: at most some signs', async () => {
    const safe = await say('2024-10-15', '2024-11-05');
    expect(['none', 'some']).toContain(safe.level);
  });

  it('a day without a test is not tested', async () => {
    const safe = await say('2024-12-24', '2024-12-25');
    expect(safe.level).toBe('not_tested');
  });
});
