/** Notes of the chart builder speak of what its chart draws. */
import { expect, it } from 'vitest';
import { translate } from '../../site/i18n/translate.ts';
import { CASES } from '../../site/figures/explore/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';

const rates = CASES.filter(({ view }) => view.measure === 'rate');

it.each(rates.map(({ name, view }) => ({ name, view })))(
  'explain bands and lines of intervals where $name has them',
  ({ view }) => {
    const isDrawn = /"class":"[^"]*(?:interval|band)/.test(
      JSON.stringify(layoutChart(view, { width: 720 })),
    );
    expect(view.notes.includes(translate('note.interval'))).toBe(isDrawn);
    expect(view.notes.includes(translate('note.interval.table'))).toBe(!isDrawn);
  },
);
