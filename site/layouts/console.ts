/** What the SQL console is built with. */
import type { BuildData } from '../engine/build-data.ts';
import { countriesQuery } from '../query/interference.ts';
import { daysFilter } from '../query/condition.ts';
import { listPlaces } from './witnesses.ts';

/** The place that the examples speak of: the one with the most tests, else the first with anything. */
export async function mostTestedPlace(data: BuildData): Promise<string> {
  const rows = await data.ask(countriesQuery(daysFilter(null, null)));
  const [most] = rows.toSorted(
    (a, b) => b.measurement_count - a.measurement_count || (a.probe_cc < b.probe_cc ? -1 : 1),
  );
  return most?.probe_cc ?? (await listPlaces(data))[0]?.probeCc ?? 'KE';
}
