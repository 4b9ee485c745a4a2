/** Apps and circumvention tools of a place, as a table. */
import { translate } from '../../i18n/translate.ts';
import { testSpec } from '../../../data-build/contract/vocabulary.ts';
import type { TestRow } from '../../query/rows.ts';
import { toTests, type TestsView } from '../tests/view.ts';
import { toCheckedTable } from '../checked.ts';
import { askCounts, TESTS, viewCounts, type Counts } from '../counts.ts';
import type { Figure } from '../figure.ts';

export const apps: Figure<Counts<TestRow>, TestsView> = {
  name: 'apps',
  ask: (ask, request) => askCounts(ask, request, TESTS),
  view({ networks, rows }, request) {
    const found = rows.filter(({ test_name }) =>
      ['apps', 'circumvention'].includes(testSpec(test_name).group),
    );
    return found.length === 0
      ? null
      : viewCounts(request, networks, (context) =>
          toTests(found, { ...context, test: context.test ?? translate('scope.apps') }),
        );
  },
  checked: ({ table }) => ({ texts: [], tables: [toCheckedTable(table)] }),
};
