import type { Publisher } from '../publisher.ts';

export const TOR_METRICS: Publisher = {
  name: 'Tor Metrics',
  publisher: 'The Tor Project',
  url: 'https://metrics.torproject.org/',
  licence: 'cc0',
  tables: ['circumvention_daily', 'events'],
  witness: 'tools',
};
