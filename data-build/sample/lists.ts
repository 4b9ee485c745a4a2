/** The lists that go with the measurements: website categories, and the one block page that is known. */
import type { Day } from '../contract/brands.ts';
import { BLOCK_PAGE_MARK } from './ooni-website.ts';
import type { SampleSite } from './sites.ts';

/** A test list in the layout of Citizen Lab’s `lists/global.csv`. */
export function formatTestList(sites: readonly SampleSite[], added: Day): string {
  const rows = sites.map(
    ({ input, category_code }) => `${input},${category_code},,${added},atlas-sample,synthetic`,
  );
  const header = 'url,category_code,category_description,date_added,source,notes';
  return `${[header, ...rows].join('\n')}\n`;
}

/** Block-page fingerprints in the publisher’s layout. The one page is expected in one country. */
export function formatFingerprints(): string {
  const header =
    'name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes';
  const row = `sample.block_page,prod,,body,contains,${BLOCK_PAGE_MARK},10,SI,atlas-sample,,synthetic`;
  return `${header}\n${row}\n`;
}
