import type { Publisher } from '../publisher.ts';

export const REGISTRIES: Publisher = {
  name: 'Regional Internet registries',
  publisher: 'AFRINIC, APNIC, ARIN, LACNIC, RIPE NCC',
  url: 'https://www.nro.net/about/rirs/statistics/',
  licence: 'registry-terms',
  licenceByRow: true,
  tables: ['network_organizations'],
  witness: null,
};
