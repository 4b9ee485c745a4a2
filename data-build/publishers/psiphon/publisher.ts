import type { Publisher } from '../publisher.ts';

export const PSIPHON: Publisher = {
  name: 'Psiphon',
  publisher: 'Psiphon Inc.',
  url: 'https://psiphon.ca/',
  licence: 'psiphon-permission',
  licenceByRow: true,
  tables: ['circumvention_daily', 'events'],
  witness: 'tools',
};
