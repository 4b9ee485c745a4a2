import type { Publisher } from '../publisher.ts';

export const RIPE_NAMES: Publisher = {
  name: 'RIPE NCC asnames.txt',
  publisher: 'RIPE NCC',
  url: 'https://ftp.ripe.net/ripe/asnames/',
  licence: 'registry-terms',
  licenceByRow: true,
  tables: ['networks', 'network_organizations'],
  witness: null,
};
