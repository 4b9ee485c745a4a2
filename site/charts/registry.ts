/** Every chart by its name in `data-chart`: one list, from which pages, gallery, tables and tests take them. */
import { assertNever } from '../../data-build/contract/problem.ts';
import type { MessageKey } from '../i18n/translate.ts';
import type { MethodsView } from '../view/methods.ts';
import type { NetworksView } from '../view/networks.ts';
import type { OutcomesView } from '../view/outcomes.ts';
import type { RateView } from '../view/rate-series.ts';
import type { TestsView } from '../view/tests.ts';
import { layoutMethods } from './methods.ts';
import { layoutNetworks } from './networks.ts';
import { layoutOutcomes } from './outcomes.ts';
import { layoutRate } from './rate.ts';
import type { Scene } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTests } from './tests.ts';

export type ChartView = OutcomesView | RateView | TestsView | NetworksView | MethodsView;
export type ChartName = ChartView['chart'];

/** Short names for headings and menus, in the order of a page. */
export const CHARTS = {
  outcomes: { name: 'chart.outcomes.name' },
  rate: { name: 'chart.rate.name' },
  tests: { name: 'chart.tests.name' },
  networks: { name: 'chart.networks.name' },
  methods: { name: 'chart.methods.name' },
} as const satisfies Record<ChartName, { readonly name: MessageKey }>;

/** The drawing of any view model at a width. */
export function layoutChart(view: ChartView, size: ChartSize): Scene {
  switch (view.chart) {
    case 'outcomes':
      return layoutOutcomes(view, size);
    case 'rate':
      return layoutRate(view, size);
    case 'tests':
      return layoutTests(view, size);
    case 'networks':
      return layoutNetworks(view, size);
    case 'methods':
      return layoutMethods(view, size);
    default:
      return assertNever(view);
  }
}
