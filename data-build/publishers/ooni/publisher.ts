import type { Publisher } from '../publisher.ts';

export const OONI: Publisher = {
  name: 'OONI',
  publisher: 'Open Observatory of Network Interference',
  url: 'https://ooni.org/',
  licence: 'cc-by-nc-sa',
  attribution:
    'Contains data from OONI (https://ooni.org/), © OONI, licensed under CC BY-NC-SA 4.0. Changed: filtered, scored, aggregated and converted by Interference Atlas. OONI does not endorse this use.',
  citation:
    'Open Observatory of Network Interference (OONI), measurements of {range}. https://ooni.org/data/',
  tells: 'Which websites, apps and tools are interfered with, how, in which network, and when.',
  technique:
    'Tests of websites, apps, circumvention tools and middleboxes run by volunteers with OONI Probe, scored by published rules',
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
