/** A surge above the expected range with withheld days, and a coarse series of two years. */
import { addDays } from '../../../data-build/contract/brands.ts';
import type { ToolUseRow } from '../../query/witnesses.ts';
import { day, type FigureCase } from '../case-rows.ts';
import { toToolUse, toToolUseSeries, type ToolUseView } from './view.ts';

/** From the first of January 2024 on. */
function use(
  count: number,
  tool: string,
  valueOf: (index: number) => number | null,
  hasRange: boolean,
): ToolUseView {
  const since = day('2024-01-01');
  const rows = Array.from({ length: count }, (_, index): ToolUseRow => {
    const usual = 900 + ((index * 53) % 120);
    return {
      day: addDays(since, index),
      tool,
      metric: 'users',
      value: valueOf(index),
      lower: hasRange ? usual * 0.6 : null,
      upper: hasRange ? usual * 1.7 : null,
      coverage: 0.8,
      source: 'tor-metrics',
      licence: 'cc0',
    };
  });
  const [series] = toToolUseSeries(rows);
  if (series === undefined) throw new Error('The case has nothing to draw.');
  return toToolUse(series, 'Examplia', addDays(since, count));
}

export const CASES: readonly FigureCase<ToolUseView>[] = [
  {
    name: 'tool-use',
    view: use(
      84,
      'tor-relay',
      (index) => {
        if (index > 29 && index < 34) return null;
        const usual = 900 + ((index * 53) % 120);
        return index < 50 ? usual : usual * (4.2 - (index - 50) * 0.06);
      },
      true,
    ),
  },
  { name: 'tool-use-coarse', view: use(730, 'tor-bridge', (index) => 8 + (index % 23), false) },
];
