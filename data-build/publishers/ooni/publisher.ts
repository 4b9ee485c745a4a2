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
  testing: {
    /** OONI Run, first form: `tn` test, `ta` what it tests, `mv` the oldest app that knows it. It alone needs no account. */
    link: (urls) =>
      `https://run.ooni.io/nettest?tn=web_connectivity&ta=${encodeURIComponent(JSON.stringify({ urls }))}&mv=1.2.0`,
    risks: 'https://ooni.org/about/risks/',
    policy: 'https://ooni.org/about/data-policy/',
  },
};
