/** Every chart by its name in `data-chart`: one list, from which pages, gallery, tables and tests take them. */
import { assertNever } from '../../data-build/contract/problem.ts';
import type { MessageKey } from '../i18n/translate.ts';
import type { DrawnChart } from '../view/from-table.ts';
import type { DomainMatrixView } from '../view/domain-matrix.ts';
import type { ExploreView } from '../view/explore.ts';
import type { MethodStripView } from '../view/method-strip.ts';
import type { MethodsView } from '../view/methods.ts';
import type { NetworksView } from '../view/networks.ts';
import type { OutcomesView } from '../view/outcomes.ts';
import type { RankedView } from '../view/rate-bars.ts';
import type { RateView } from '../view/rate-series.ts';
import type { TestsView } from '../view/tests.ts';
import type { ResultView } from '../view/result.ts';
import type { ThroughputView } from '../view/throughput.ts';
import type { ToolUseView } from '../view/tool-use.ts';
import type { WitnessesView } from '../view/witnesses.ts';
import { layoutDomainMatrix } from './domain-matrix.ts';
import { layoutExplore } from './explore.ts';
import { layoutMethodStrip } from './method-strip.ts';
import { layoutMethods } from './methods.ts';
import { layoutNetworks } from './networks.ts';
import { layoutOutcomes } from './outcomes.ts';
import { layoutRate } from './rate.ts';
import { layoutResult } from './result.ts';
import type { Scene } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTests } from './tests.ts';
import { layoutThroughput } from './throughput.ts';
import { layoutToolUse } from './tool-use.ts';
import { markSynthetic } from './watermark.ts';
import { layoutWitnesses } from './witnesses.ts';

export type ChartView =
  | WitnessesView
  | OutcomesView
  | RateView
  | TestsView
  | NetworksView
  | MethodsView
  | ThroughputView
  | ToolUseView
  | RankedView
  | MethodStripView
  | DomainMatrixView
  | ExploreView
  | ResultView;
export type ChartName = ChartView['chart'];

/** Short names for headings and menus, in the order of a page. */
export const CHARTS = {
  witnesses: { name: 'chart.witnesses.name' },
  outcomes: { name: 'chart.outcomes.name' },
  rate: { name: 'chart.rate.name' },
  tests: { name: 'chart.tests.name' },
  networks: { name: 'chart.networks.name' },
  methods: { name: 'chart.methods.name' },
  throughput: { name: 'chart.throughput.name' },
  'tool-use': { name: 'chart.tool_use.name' },
  'method-strip': { name: 'chart.method_strip.name' },
  categories: { name: 'chart.categories.name' },
  domains: { name: 'chart.domains.name' },
  places: { name: 'chart.places.name' },
  'domain-matrix': { name: 'chart.domain_matrix.name' },
  explore: { name: 'chart.explore.name' },
  result: { name: 'chart.result.name' },
} as const satisfies Record<ChartName, { readonly name: MessageKey }>;

/** The drawing of any view model at a width; marked when its data are a synthetic sample. */
export function layoutChart(
  view: ChartView | DrawnChart,
  size: ChartSize,
  synthetic = false,
): Scene {
  const scene = layoutView(view, size);
  return synthetic ? markSynthetic(scene) : scene;
}

function layoutView(view: ChartView | DrawnChart, size: ChartSize): Scene {
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
    case 'witnesses':
      return layoutWitnesses(view, size);
    case 'throughput':
      return layoutThroughput(view, size);
    case 'tool-use':
      return layoutToolUse(view, size);
    case 'method-strip':
      return layoutMethodStrip(view, size);
    case 'domain-matrix':
      return layoutDomainMatrix(view, size);
    case 'places':
    case 'categories':
    case 'domains':
      return layoutTests(view, size);
    case 'explore':
      return layoutExplore(view, size);
    case 'result':
      return layoutResult(view, size);
    default:
      return assertNever(view);
  }
}
