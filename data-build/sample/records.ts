/** What others recorded of the sample’s world, in the forms of two publishers. None of it happened. */
import { addDays, millisOfDay } from '../contract/brands.ts';
import { worldEpisodes } from './episodes.ts';
import type { SampleWorld } from './world.ts';

/** Longest episodes of apps: some are in the table, some are not, and one row cannot be used. */
export function formatShutdowns(world: SampleWorld): string {
  const rows = worldEpisodes(world)
    .filter(({ target }) => target.kind === 'test')
    .flatMap(({ id, cc, phases }, index) => {
      const [first, last] = [phases[0], phases.at(-1)];
      if (first === undefined || last === undefined || index % 2 === 1) return [];
      const from = addDays(first.firstDay, 1);
      return `${cc},${from},${last.lastDay ?? ''},It affected the whole national territory,https://records.example/${id}`;
    });
  return [
    '# Synthetic sample in the form of a table of documented shutdowns.',
    '# No row describes a real country or day.',
    'country,start_date,end_date,geo_scope,source_url',
    ...rows,
    `Atlantis,${world.firstDay},,It affected one city,https://records.example/atlantis`,
    '',
  ].join('\n');
}

/** One outage, of the first place. */
export function formatOutages(world: SampleWorld): string {
  const [place] = world.places;
  const start = millisOfDay(addDays(world.lastDay, -20)) / 1000;
  return [
    '# Synthetic sample in the form of exported outage events. No row describes a real country or day.',
    'location,location_name,start,duration,score,datasource,licence',
    ...(place === undefined
      ? []
      : [`country/${place.cc},Synthetic,${start},7200,1200.5,bgp,CC-BY-4.0`]),
    '',
  ].join('\n');
}
