/** What stands in small under the totals of a place without a finding. */
import type { Day } from '../../../data-build/contract/brands.ts';
import { isSilent } from '../../../data-build/contract/event-brackets.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { testSpec } from '../../../data-build/contract/vocabulary.ts';
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { translate } from '../../i18n/translate.ts';
import type { OutcomeCounts, TestRow } from '../../query/rows.ts';
import { isAboveStray } from '../../view/evidence.ts';
import { formatCount, formatDay } from '../../view/format.ts';
import { sumOutcomes } from '../../view/outcome-counts.ts';
import { toRate } from '../../view/rate.ts';
import { formatUnconfirmed } from './lead-sentence.ts';

/**
 * What most tests of the stretch are of, that none with signs is confirmed, and that they stopped; empty: nothing of these. `confirmed`: tests of the place on any day, which its tables count.
 */
export function formatBasis(
  tests: readonly TestRow[],
  lastTested: Day,
  lastDay: Day,
  confirmed = 0,
): string {
  const total = sumOutcomes(tests);
  const [most] = tests.toSorted((a, b) => verdictsOf(b) - verdictsOf(a));
  const [n, all] = [most === undefined ? 0 : verdictsOf(most), verdictsOf(total)];
  const spec = most === undefined || 2 * n <= all ? null : testSpec(most.test_name);
  const rate = toRate({ ...total, network_count: null }, FLOORS.countsOnly);
  const elsewhere = total.confirmed_count === 0 ? confirmed : 0;
  return joinSentences([
    spec === null
      ? null
      : translate(n === all ? 'country.only' : 'country.most', {
          kind: spec.websites ? 'websites' : 'app',
          test: spec.label,
          n: formatCount(n),
          total: formatCount(all),
        }),
    total.confirmed_count === 0 && isAboveStray(rate, total)
      ? formatUnconfirmed(spec !== null && !spec.websites ? 'app' : 'websites')
      : null,
    elsewhere > 0 ? translate('country.confirmed_elsewhere', { n: elsewhere }) : null,
    isSilent(lastTested, lastDay)
      ? translate('country.silent', { day: formatDay(lastTested) })
      : null,
  ]);
}

/** What the sentence above counts. */
function verdictsOf({ measurement_count, failure_count }: OutcomeCounts): number {
  return measurement_count - failure_count;
}
