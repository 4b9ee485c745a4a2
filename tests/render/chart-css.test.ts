import { describe, expect, it } from 'vitest';
import { pruneRules } from '../../site/render/chart-css.ts';

describe('pruneRules', () => {
  const css =
    '/* note */ .chart { fill: red } .chart .ok, .chart .failure { fill: blue } .chart .band { opacity: 1 }';
  it('keeps rules whose classes all occur, and of a list the selectors that can match', () => {
    expect(pruneRules(css, new Set(['chart', 'ok']))).toBe(
      '.chart{fill: red}.chart .ok{fill: blue}',
    );
  });
  it('leaves nothing where nothing is drawn', () => {
    expect(pruneRules(css, new Set())).toBe('');
  });
});
