/** Networks that change their method, with quiet weeks, weeks with few signs, and methods without a name. */
import type { BlockingMethod } from '../../../data-build/contract/vocabulary.ts';
import type { NetworkMethodRow } from '../../query/networks.ts';
import { toPeriods } from '../../view/time-frame.ts';
import { asn, context, frame, type FigureCase } from '../case-rows.ts';
import { toMethodStrip, type MethodStripView } from './view.ts';

const WEEKS = frame('2023-10-02', '2024-03-04', 'week');
const NAMES = ['Example Mobile', null, 'A very long name of a network & its <holding> company'];
/** The method of the first half and of the second; null: no method has a name. */
const LEADING: readonly (readonly [BlockingMethod | null, BlockingMethod | null])[] = [
  ['dns', 'tls'],
  ['tcp_ip', 'tcp_ip'],
  ['http_diff', 'dns'],
  [null, 'app_endpoints'],
  ['tls', null],
];
const ROWS = LEADING.flatMap(([first, second], network) =>
  toPeriods(WEEKS).flatMap(({ start }, index): NetworkMethodRow[] => {
    if ((index + network * 3) % 8 === 7) return [];
    const own = {
      probe_asn: asn(64_500 + network * 7),
      name: NAMES[network % NAMES.length] ?? null,
      period: start,
    };
    const signs = index % 6 === 5 ? 3 : 40 - network * 6;
    const quiet = { ...own, blocking_method: null, measurement_count: 60, signs: 0 };
    if (index % 7 === 2) return [quiet];
    const blocking_method = index < 11 ? first : second;
    return [quiet, { ...own, blocking_method, measurement_count: signs, signs }];
  }),
);

export const CASES: readonly FigureCase<MethodStripView>[] = [
  { name: 'method-strip', view: toMethodStrip(ROWS, context(WEEKS)) },
];
