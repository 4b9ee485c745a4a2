/** Notes of the chart builder speak of what its chart draws. */
import { expect, it } from 'vitest';
import { translate } from '../../site/i18n/translate.ts';
import { CASES } from '../../site/figures/explore/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';

const rates = CASES.filter(({ view }) => view.measure === 'rate');

it('explain what loss is, what else a rise may come from, and where the method changed', () => {
  const { notes = [], desc = '' } = CASES.find(({ name }) => name === 'explore-loss')?.view ?? {};
  for (const key of [
    'throughput.note.also',
    'explore.note.rise',
    'throughput.break.early_exit',
  ] as const) {
    expect(notes).toContain(translate(key));
    expect(desc).toContain(translate(key));
  }
  // It began before the months that are drawn.
  expect(notes).not.toContain(translate('throughput.break.ndt5'));
  expect(notes).not.toContain(translate('throughput.note.reading'));
});

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
