import type { Publisher } from '../publisher.ts';

export const IODA: Publisher = {
  name: 'IODA',
  publisher: 'Georgia Institute of Technology',
  url: 'https://ioda.inetintel.cc.gatech.edu/',
  licence: 'ioda-permission',
  licenceByRow: true,
  tables: ['recorded_elsewhere'],
  witness: null,
};
