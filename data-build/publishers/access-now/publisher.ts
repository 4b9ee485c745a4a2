import type { Publisher } from '../publisher.ts';

export const ACCESS_NOW: Publisher = {
  name: 'Access Now #KeepItOn',
  publisher: 'Access Now',
  url: 'https://www.accessnow.org/keepiton/',
  licence: 'cc-by',
  tables: ['recorded_elsewhere'],
  witness: null,
};
