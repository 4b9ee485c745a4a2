/** Texts whose rows were replaced are those that are written with the new rows from the start. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../data-build/sample/rng.ts';
import { replaceRows, walkRows } from '../../data-build/write/text-rows.ts';
import { isLong } from '../support/long.ts';

const ROUNDS = isLong ? 20_000 : 500;
const QUOTED = ['a', '"b\n"', '"""\n"', 'c,"d"', '"\n""\n"', ''];
const PLAIN = ['a', '"b', '["c"],', ''];

const toText = (rows: readonly string[]): Buffer =>
  Buffer.from(rows.map((row) => `${row}\n`).join(''));
const placesOf = (are: readonly boolean[]): readonly number[] =>
  are.flatMap((is, place) => (is ? [place] : []));

describe('rows in text', () => {
  it('are replaced at their places, with line feeds between quotes and without', () => {
    const rng = createRng(1, 'text-rows', 'replace');
    for (let round = 0; round < ROUNDS; round += 1) {
      const quotes = round % 2 === 0;
      const rows = quotes ? QUOTED : PLAIN;
      const some = (most: number) =>
        Array.from({ length: Math.floor(rng.unit() * most) }, () => ({
          text: rows[Math.floor(rng.unit() * rows.length)] ?? '',
          own: rng.unit() < 0.3,
        }));
      const former = some(12);
      const kept = former.filter(({ own }) => !own);
      // Every kept row may have new ones before it, and the last one after it.
      const after = [...kept.map((row) => [...some(3), row]), some(3)].flatMap((group, at) =>
        group.map(({ text }, place) => ({
          text,
          isNew: at === kept.length || place < group.length - 1,
        })),
      );
      const pieces = replaceRows(
        {
          bytes: toText(former.map(({ text }) => text)),
          places: placesOf(former.map(({ own }) => own)),
        },
        {
          bytes: toText(after.filter(({ isNew }) => isNew).map(({ text }) => text)),
          places: placesOf(after.map(({ isNew }) => isNew)),
        },
        after.length,
        quotes,
      );
      const expected = toText(after.map(({ text }) => text)).toString();
      expect(Buffer.concat(pieces).toString()).toBe(expected);
    }
  });

  it('are not made up where a text is cut', () => {
    expect(() => walkRows(Buffer.from('a\nb'), true)(2)).toThrow('fewer rows');
    expect(() => walkRows(Buffer.from('a\n"b\n'), true)(2)).toThrow('quote');
  });
});
