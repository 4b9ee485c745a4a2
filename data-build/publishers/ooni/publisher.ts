import type { Publisher } from '../publisher.ts';

export const OONI: Publisher = {
  name: 'OONI',
  publisher: 'Open Observatory of Network Interference',
  url: 'https://ooni.org/',
  licence: 'cc-by-nc-sa',
  tables: [
    'measurements',
    'interference_country_daily',
    'interference_network_daily',
    'interference_domain_daily',
    'interference_network_domain_weekly',
    'domain_country_weekly',
    'events',
    'networks',
    'domains',
  ],
  witness: 'interference',
};
