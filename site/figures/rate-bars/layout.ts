/** Tests compared: one bar per test from 0 to 100 %, with its interval and its counts in words. */
import { OUTCOMES } from '../../../data-build/contract/vocabulary.ts';
import { isolate } from '../../../data-build/words/isolate.ts';
import { translate } from '../../i18n/translate.ts';
import { formatPercent } from '../../view/format.ts';
import type { RateBar, RateBars } from './view.ts';
import { layoutBarChart, type BarRow } from '../../charts/bar-chart.ts';
import { shareAxis } from '../../charts/marks/axis.ts';
import { outcomeLook } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';

/** From the start of the bar: what is certain first. */
const PARTS = ['confirmed', 'anomaly'] as const;

export function layoutTests(view: RateBars, size: ChartSize): Scene {
  return layoutBarChart(
    {
      view,
      groups: view.groups.map(({ group, label, tests }) => ({
        key: group,
        label,
        rows: tests.map(toRow),
      })),
      value: shareAxis(2),
      legend: [
        ...PARTS.map((outcome) => ({
          key: outcome,
          label: OUTCOMES[outcome].label,
          ...outcomeLook(outcome),
          series: true,
        })),
        {
          key: 'interval',
          label: translate('chart.rate.band'),
          class: 'interval-ends',
          shape: 'line',
        },
      ],
      unit: null,
      // The bars of all such charts of a page end where its charts over time do.
      room: { names: 216, numbers: 168 },
    },
    size,
  );
}

function toRow({ test_name, label, rate, confirmed, text }: RateBar): BarRow {
  const row = { key: test_name, data: { key: test_name }, label, rate };
  if (rate.kind === 'too_few') return { ...row, text, bar: 'few' };
  if (rate.kind === 'not_tested') return { ...row, text, bar: 'none' };
  const share = confirmed / rate.tests;
  const ends = { confirmed: share, anomaly: rate.rate };
  return {
    ...row,
    // `24% · 1,654 of 6,858`. A percent sign may bring a mark of its own, which would turn the counts after it.
    text: `${isolate(formatPercent(rate.rate))} · ${text}`,
    bar: PARTS.map((key) => ({
      key,
      from: key === 'confirmed' ? 0 : share,
      to: ends[key],
      look: outcomeLook(key),
    })),
  };
}
