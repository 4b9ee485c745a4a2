import type { Publisher } from '../publisher.ts';

export const TOR_METRICS: Publisher = {
  name: 'Tor Metrics',
  publisher: 'The Tor Project',
  url: 'https://metrics.torproject.org/',
  licence: 'cc0',
  attribution: 'Tor Metrics user estimates (https://metrics.torproject.org/), CC0 1.0.',
  citation: 'The Tor Project, Tor Metrics, {range}. https://metrics.torproject.org/',
  tells: 'Estimated clients of Tor by country and day: people going around something.',
  technique: 'Estimates of daily clients from directory requests, by Tor Metrics',
  tables: ['circumvention_daily', 'events'],
  witness: 'tools',
};
