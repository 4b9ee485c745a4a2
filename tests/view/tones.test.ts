/** What is heard of a chart follows its table: higher values are higher tones, gaps are silent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTones } from '../../site/view/tones.ts';
import type { TableModel } from '../../site/view/table.ts';

const tableOf = (values: readonly (number | null)[], key = 'rate'): TableModel => ({
  caption: 'Shares',
  caveats: [],
  columns: [
    { key: 'period', label: 'day', numeric: false },
    { key: 'tests', label: 'tests', numeric: true },
    { key, label: 'share with signs', numeric: true },
  ],
  rows: values.map((value, index) => ({
    key: `2024-11-${String(index + 1).padStart(2, '0')}`,
    cells: [
      { text: 'a day', sort: null },
      { text: '9', sort: 9 },
      { text: value === null ? '–' : `${value}`, sort: value },
    ],
  })),
});

describe('a chart as tones', () => {
  it('takes the share, not the number of tests, and says what the highest tone is', () => {
    expect(toTones(tableOf([0, 0.5, null, 1]))).toEqual({
      label: 'share with signs',
      most: '1',
      tones: [220, 440, null, 880].map((pitch, index) => ({ key: `2024-11-0${index + 1}`, pitch })),
    });
  });

  it('orders tones as their values, whatever they are', () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })), {
      minLength: 3,
      maxLength: 28,
    });
    fc.assert(
      fc.property(values, fc.constantFrom('rate', 'clients'), (all, key) => {
        const heard = toTones(tableOf(all, key));
        if (all.filter((value) => value !== null).length < 3) return;
        const pitches = heard?.tones.map(({ pitch }) => pitch) ?? [];
        expect(pitches).toHaveLength(all.length);
        all.forEach((value, at) => {
          expect(pitches[at] === null).toBe(value === null);
          all.forEach((other, beside) => {
            if (value !== null && other !== null && value <= other)
              expect(pitches[at] ?? 0).toBeLessThanOrEqual(pitches[beside] ?? 0);
          });
        });
        for (const pitch of pitches)
          if (pitch !== null) expect(pitch >= 220 && pitch <= 880.001).toBe(true);
      }),
    );
  });

  it('falls silent where rows are no periods, and where too few have a value to hear a course', () => {
    expect(toTones(tableOf([null, 0.1, 0.2, null]))).toBe(null);
    const { columns, ...table } = tableOf([0.1, 0.2, 0.3]);
    expect(toTones({ ...table, columns: columns.slice(1) })).toBe(null);
  });
});
