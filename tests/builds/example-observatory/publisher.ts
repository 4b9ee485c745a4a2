import type { Publisher } from '../../../data-build/publishers/publisher.ts';

/** Nobody’s: made for the test that adds a publisher. */
export const EXAMPLE_OBSERVATORY: Publisher = {
  name: 'Example Observatory',
  publisher: 'The Example Observatory',
  url: 'https://observatory.example/',
  licence: 'cc0',
  tables: ['indicators_daily', 'events'],
  witness: 'indicators',
  indicators: {
    connectivity: { largest: 100 },
    reach: { largest: null },
  },
};
