import type { Publisher } from '../publisher.ts';

export const MLAB: Publisher = {
  name: 'M-Lab',
  publisher: 'Measurement Lab',
  url: 'https://www.measurementlab.net/',
  licence: 'cc0',
  attribution: 'M-Lab NDT data (https://measurementlab.net/tests/ndt), CC0 1.0.',
  citation: 'The M-Lab NDT Data Set, {range}. https://measurementlab.net/tests/ndt',
  tells: 'Throughput, latency and loss by country and network: slowdowns and gaps.',
  technique: 'NDT speed tests of M-Lab, as published statistics',
  tables: ['throughput_monthly', 'throughput_daily', 'events', 'networks'],
  witness: 'throughput',
};
