import type { Publisher } from '../publisher.ts';

export const MLAB: Publisher = {
  name: 'M-Lab',
  publisher: 'Measurement Lab',
  url: 'https://www.measurementlab.net/',
  licence: 'cc0',
  tables: ['throughput_monthly', 'throughput_daily', 'events', 'networks'],
  witness: 'throughput',
  // Months come when the cache of statistics is made again, up to a year later.
  lateDays: 400,
};
