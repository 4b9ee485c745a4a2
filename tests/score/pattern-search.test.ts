import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePatterns } from '../../data-build/score/pattern-search.ts';

/** What the search must find: every pattern the text includes. */
function findNaively(patterns: readonly string[], text: string): number[] {
  return patterns.flatMap((pattern, index) =>
    pattern !== '' && text.includes(pattern) ? [index] : [],
  );
}

describe('pattern search', () => {
  it('finds what includes finds, in texts made of the patterns', () => {
    // Few letters, so that patterns overlap, repeat and share their rare parts.
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', '<', 'é', '网', '\ud83d'),
      maxLength: 24,
    });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.array(word, { maxLength: 12 }),
        (patterns, filler) => {
          const search = compilePatterns(patterns);
          const mixed = filler.map(
            (text, index) => text + (patterns[index * 7] ?? '').slice(index % 3),
          );
          for (const text of [...filler, ...mixed, mixed.join('')])
            expect(search.findIn(text)).toEqual(findNaively(patterns, text));
        },
      ),
      { numRuns: 400, seed: 7 },
    );
  });

  it('finds a pattern at every place of a text', () => {
    const patterns = ['seven77', 'a longer pattern', 'four', '网页已被阻断了吗'];
    const search = compilePatterns(patterns);
    for (const [index, pattern] of patterns.entries())
      for (let before = 0; before < 40; before += 1)
        for (let after = 0; after < 5; after += 1)
          expect(search.findIn('.'.repeat(before) + pattern + '.'.repeat(after))).toEqual([index]);
  });

  it('never finds empty patterns, and nothing in an empty text', () => {
    expect(compilePatterns(['', 'x']).findIn('')).toEqual([]);
    expect(compilePatterns(['', 'x']).findIn('xx')).toEqual([1]);
    expect(compilePatterns([]).findIn('anything')).toEqual([]);
  });
});
