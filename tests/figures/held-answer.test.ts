import { describe, expect, it } from 'vitest';
import {
  toGuard,
  type AnswerColumn,
  type AnswerRow,
} from '../../site/figures/result/held-answer.ts';
import { isIdentifierName, listMeasures } from '../../site/figures/result/view.ts';

const number = (name: string): AnswerColumn => ({ name, kind: 'number' });
const text = (name: string): AnswerColumn => ({ name, kind: 'text' });
const NONE: ReadonlySet<string> = new Set();

function reasons(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  shares = NONE,
): readonly (string | null)[] {
  const guard = toGuard(columns, rows, shares);
  return rows.map((row) => (guard.held.size === 0 ? null : guard.reasonOf(row)));
}

describe('shares in a free answer', () => {
  it('are held back below the floor of a country: 30 tests, 2 networks', () => {
    const columns = [text('probe_cc'), number('tests'), number('rate'), number('network_count')];
    const rows = [
      ['KE', 30, 0.5, 2],
      ['TZ', 29, 0.5, 2],
      ['UG', 300, 0.5, 1],
    ];
    expect(reasons(columns, rows)).toEqual([
      null,
      'too few tests (n = 29)',
      'too few tests (needs 30 tests and 2 networks, or 100 tests and 7 days on one network)',
    ]);
  });

  it('take failures off where both counts are there', () => {
    const columns = [number('measurement_count'), number('failure_count'), number('share')];
    expect(reasons(columns, [[40, 11, 0.1]])).toEqual(['too few tests (n = 29)']);
    expect(reasons(columns, [[40, 10, 0.1]])).toEqual([null]);
  });

  it('are held to the floor of a network, and of a cell where a period stands beside it', () => {
    const columns = [number('probe_asn'), number('tests'), number('rate'), number('day_count')];
    const rows = [
      [1, 15, 0.1, 3],
      [1, 15, 0.1, 2],
      [1, 14, 0.1, 3],
    ];
    expect(reasons(columns, rows).map((reason) => reason === null)).toEqual([true, false, false]);
    expect(reasons([...columns.slice(0, 3), text('week')], [[1, 5, 0.1, '2024-11-04']])).toEqual([
      null,
    ]);
  });

  it('are known by their making when their name does not tell', () => {
    const columns = [number('tests'), number('x')];
    expect(reasons(columns, [[3, 0.5]])).toEqual([null]);
    expect(reasons(columns, [[3, 0.5]], new Set(['x']))).toEqual(['too few tests (n = 3)']);
  });

  it('without a count are shown, and it is said that nothing is known of them', () => {
    const guard = toGuard([text('probe_cc'), number('rate')], [['KE', 0.5]], NONE);
    expect(guard.heldRows).toBe(0);
    expect(guard.held.size).toBe(0);
    expect(guard.notes.join(' ')).toContain('no number of tests beside it');
  });

  it('on a looser count are held only where that is too small, and the doubt is said', () => {
    const guard = toGuard([number('n'), number('rate')], [[29, 0.5]], NONE);
    expect(guard.heldRows).toBe(1);
    expect(guard.notes.join(' ')).toContain('without a verdict');
  });

  it('leave counts and published ratios of speed alone', () => {
    const columns = [number('tests'), number('signs'), number('loss_ratio_p50')];
    const guard = toGuard(columns, [[3, 2, 0.1]], NONE);
    expect(guard.held.size).toBe(0);
    expect(guard.notes).toEqual([]);
  });
});

it('holds back speeds on fewer than ten tests', () => {
  const columns = [number('download_sample_count'), number('download_mbps_p50')];
  expect(
    reasons(columns, [
      [9, 3.2],
      [10, 3.2],
    ]),
  ).toEqual(['too few tests (n = 9)', null]);
});

it('years and numbers of networks are names, not amounts: neither grouped nor drawn', () => {
  const columns = ['year', 'first_year', 'probe_asn', 'yearly_tests', 'tests'].map(number);
  expect(columns.map(({ name }) => isIdentifierName(name))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(listMeasures(columns)).toEqual([3, 4]);
});
