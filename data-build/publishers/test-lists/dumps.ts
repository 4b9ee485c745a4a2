/** Lists of websites by category. */
import { hasColumns } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';

export const TEST_LIST_DUMPS: DumpKinds = {
  test_list: { signs: [(look) => hasColumns(look, 'url', 'category_code')] },
  /** What the codes of the lists mean. */
  test_list_legend: {
    signs: [
      (look) =>
        hasColumns(look, 'CategoryCode') ||
        hasColumns(look, 'CountryCode', 'CountryName') ||
        hasColumns(look, 'New Code'),
    ],
  },
};
