import type { Publisher } from '../publisher.ts';

export const CAIDA: Publisher = {
  name: 'CAIDA AS Organizations',
  publisher: 'CAIDA, University of California San Diego',
  url: 'https://www.caida.org/catalog/datasets/as-organizations/',
  licence: 'caida-aua',
  licenceByRow: true,
  tables: ['networks', 'network_organizations'],
  witness: null,
};
