import type { Publisher } from '../../../data-build/publishers/publisher.ts';

/** Nobody’s: made for the test that adds a publisher. */
export const EXAMPLE_OBSERVATORY: Publisher = {
  name: 'Example Observatory',
  publisher: 'The Example Observatory',
  url: 'https://observatory.example/',
  licence: 'cc0',
  attribution: 'Example Observatory connectivity index (https://observatory.example/), CC0 1.0.',
  citation: 'The Example Observatory, connectivity index, {range}. https://observatory.example/',
  tells: 'How well a country or territory is connected, by day.',
  technique: 'A daily index of connectivity, by the Example Observatory',
  tables: ['indicators_daily', 'events'],
  witness: 'indicators',
  indicators: {
    connectivity: {
      label: 'Connectivity index',
      about: 'From 0, nothing answers, to 100, all is as usual.',
      largest: 100,
    },
    reach: { label: 'Reach', about: 'How many networks answer.', largest: null },
  },
};
