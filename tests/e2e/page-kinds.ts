/** One page of every kind in a built site; of countries, with those that are named. */
import { firstPage } from '../support/entity-pages.ts';

const ALONE = [
  ...['', 'about/', 'changed/', 'countries/', 'data/', 'domains/', 'events/', 'explore/'],
  ...['findings/', 'methods/', 'networks/', 'privacy/', 'query/', 'search/', 'tests/'],
];
const ENTITIES = ['country', 'network', 'domain', 'test', 'theme', 'finding', 'event'];

export function pageKinds(dist: string, countries: readonly string[] = []): readonly string[] {
  return [
    ...ALONE,
    ...countries.map((code) => `country/${code}/`),
    ...ENTITIES.map((kind) => firstPage(dist, kind)),
  ];
}
