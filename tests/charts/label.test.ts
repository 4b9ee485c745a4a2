/** Texts in a drawing are broken into lines that fit, in scripts with and without spaces. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textWidth, wrapText } from '../../site/charts/marks/label.ts';

it('lines hold all of a text, and one that can be broken fits', () => {
  const word = fc.constantFrom(
    'share',
    'of',
    'tests',
    '占比',
    '干扰：',
    '出现迹象的测试，',
    'Telegram',
  );
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 90, max: 400 }),
      (words, width) => {
        const text = words.join(' ');
        const broken = wrapText(text, width, 11);
        expect(broken.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of broken) expect(textWidth(line, 11)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it('no line of Chinese begins with a comma, and a name in Latin letters stays whole', () => {
  const broken = wrapText('干扰：出现迹象的Telegram测试占比，按日计算，来自OONI的数据', 100, 11);
  expect(broken.length).toBeGreaterThan(2);
  expect(broken.filter((line) => /^[，。：]/u.test(line))).toEqual([]);
  expect(broken.some((line) => line.includes('Telegram'))).toBe(true);
});

it('breaks Burmese before a syllable, and knows that vowels beside a letter take room', () => {
  const broken = wrapText('နှောင့်ယှက်မှုလက္ခဏာများတွေ့ခဲ့ရသည်', 90, 12);
  expect(broken.length).toBeGreaterThan(1);
  expect(broken.join('')).toBe('နှောင့်ယှက်မှုလက္ခဏာများတွေ့ခဲ့ရသည်');
  for (const line of broken) {
    expect(textWidth(line, 12)).toBeLessThanOrEqual(90);
    // No line begins with a mark, a stacked letter, or one that closes the syllable before.
    expect(line).not.toMatch(/^(?:\p{M}|[\u1000-\u1021]\u1037?[\u1039\u103a])/u);
  }
  expect(textWidth('ကာ', 10)).toBeGreaterThan(textWidth('က', 10));
});

it('what parts the letters of a Persian word takes no room', () => {
  expect(textWidth('نشانه\u200cها', 12)).toBe(textWidth('نشانهها', 12));
});
