/** A browser without data of a language writes its days, numbers and lists as the build does, which has them. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { LANGUAGES } from '../../data-build/words/languages.ts';
import { day } from '../support/days.ts';
import { isLong } from '../support/long.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const drawn = fc.sample(
  fc.record({
    at: fc.integer({ min: 0, max: 9000 }),
    length: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 900 })),
    count: fc.integer({ min: 0, max: 900_000_000 }),
    ratio: fc.double({ min: 0, max: 1, noNaN: true }),
    items: fc.array(fc.constantFrom('AS1', 'Telegram', 'Tor'), { minLength: 1, maxLength: 5 }),
  }),
  isLong ? 3000 : 300,
);

/** All that pages write of days, numbers and lists, in a runtime with or without data of the language. */
async function write(tag: string, known: boolean): Promise<readonly (readonly string[])[]> {
  vi.resetModules();
  vi.restoreAllMocks();
  if (!known) {
    vi.spyOn(Intl.NumberFormat, 'supportedLocalesOf').mockReturnValue([]);
    vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf').mockReturnValue([]);
  }
  const { readLanguageFrom } = await import('../../data-build/words/language.ts');
  const { addWords } = await import('../../data-build/words/messages.ts');
  const { wordFilesIn } = await import('../../site/serve/word-files.ts');
  const format = await import('../../site/view/format.ts');
  const { formatEventDay, formatEventMonth, formatFigure } =
    await import('../../data-build/contract/event-terms.ts');
  addWords(wordFilesIn);
  readLanguageFrom(() => tag);
  return drawn.map(({ at, length, count, ratio, items }) => {
    const since = addDays(day('2012-01-01'), at);
    const until = addDays(since, length);
    return [
      format.formatDay(since),
      format.formatDay(since, 'short'),
      format.formatDayRange(since, until),
      format.formatDayRange(since, until, 'short'),
      format.formatMonth(since),
      format.formatYear(since),
      ...(['day', 'month', 'year'] as const).map((unit) => format.formatTick(since, unit)),
      format.formatTickYear(since, 'day'),
      format.formatCount(count),
      format.formatTickNumber(count),
      format.formatPercent(ratio),
      format.formatList(items),
      format.formatItems(items),
      formatEventDay(since),
      formatEventMonth(since),
      formatFigure(count / 100),
    ];
  });
}

describe.each(LANGUAGES.filter(({ standIn }) => standIn !== undefined))('$endonym', ({ tag }) => {
  it('is written the same without data of it', async () => {
    const flat = (texts: readonly (readonly string[])[]) =>
      texts.flatMap((said) => said.map((text) => text.replace(/\s+/g, ' ')));
    const [own, known] = [flat(await write(tag, false)), flat(await write(tag, true))];
    expect(own).toHaveLength(known.length);
    const differing = own.flatMap((text, at) => (text === known[at] ? [] : [[text, known[at]]]));
    expect(differing.slice(0, 8)).toEqual([]);
  });
});
