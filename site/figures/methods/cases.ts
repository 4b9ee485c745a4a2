/** Some methods, all of them, and none. */
import type { BlockingMethod } from '../../../data-build/contract/vocabulary.ts';
import type { MethodPeriodRow } from '../../query/rows.ts';
import { toMethods, type MethodsView } from './view.ts';
import { context, DAY_ROWS, DAYS, type FigureCase } from '../case-rows.ts';

const METHODS: readonly BlockingMethod[] = [
  'dns',
  'tcp_ip',
  'tls',
  'http_failure',
  'http_diff',
  'app_endpoints',
  'app_web',
  'app_registration',
  'tool_bootstrap',
  'middlebox',
  'other',
];
function methodRows(methods: readonly BlockingMethod[]): readonly MethodPeriodRow[] {
  return DAY_ROWS.flatMap(({ period, anomaly_count }, index) =>
    methods.map((blocking_method, place) => ({
      period,
      blocking_method,
      count: Math.floor((anomaly_count * (1 + ((index + place * 2) % 4))) / (methods.length * 2.5)),
    })),
  );
}

export const CASES: readonly FigureCase<MethodsView>[] = [
  {
    name: 'methods',
    view: toMethods(methodRows(['app_endpoints', 'tls', 'dns']), DAY_ROWS, context(DAYS)),
  },
  { name: 'methods-all', view: toMethods(methodRows(METHODS), DAY_ROWS, context(DAYS)) },
  { name: 'methods-none', view: toMethods([], DAY_ROWS, context(DAYS)) },
];
