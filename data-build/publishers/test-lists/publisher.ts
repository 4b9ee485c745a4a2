import type { Publisher } from '../publisher.ts';

export const TEST_LISTS: Publisher = {
  name: 'Citizen Lab test lists',
  publisher: 'Citizen Lab and others',
  url: 'https://github.com/citizenlab/test-lists',
  licence: 'cc-by-nc-sa',
  attribution: 'Website categories from the Citizen Lab test lists, CC BY-NC-SA 4.0.',
  citation:
    'Citizen Lab and others, URL testing lists intended for discovering website censorship. https://github.com/citizenlab/test-lists',
  tells: 'Which category a website belongs to.',
  technique: 'Categories of websites from the Citizen Lab test lists',
  tables: ['measurements', 'interference_domain_daily', 'domain_country_weekly', 'domains'],
  witness: null,
};
