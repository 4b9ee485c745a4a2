import type { Publisher } from '../publisher.ts';

export const PSIPHON: Publisher = {
  name: 'Psiphon',
  publisher: 'Psiphon Inc.',
  url: 'https://psiphon.ca/',
  licence: 'psiphon-permission',
  licenceByRow: true,
  attribution: 'Psiphon usage aggregates by date and region (https://psiphon.ca/), by permission.',
  citation: 'Psiphon Inc., usage aggregates of {range}. https://psiphon.ca/',
  tells: 'Use of Psiphon by country and day: people going around something.',
  technique: 'Usage aggregates by date and region, by Psiphon',
  tables: ['circumvention_daily', 'events'],
  witness: 'tools',
};
