import type { Publisher } from '../publisher.ts';

export const TEST_LISTS: Publisher = {
  name: 'Citizen Lab test lists',
  publisher: 'Citizen Lab and others',
  url: 'https://github.com/citizenlab/test-lists',
  licence: 'cc-by-nc-sa',
  tables: [
    'measurements',
    'interference_domain_daily',
    'domain_country_weekly',
    'domains',
    'listed_websites',
  ],
  witness: null,
};
