/** On how many networks rows of daily or weekly counts were measured, and on which where it is one alone. */
const MEASURED = 'FILTER (WHERE measurement_count > 0)';

/** How many networks, under a name of choice, and `only_probe_asn`. */
export function networksAs(name: string): string {
  return [
    `(count(DISTINCT probe_asn) ${MEASURED})::DOUBLE AS ${name}`,
    `(CASE WHEN count(DISTINCT probe_asn) ${MEASURED} = 1 THEN min(probe_asn) ${MEASURED} END)::DOUBLE AS only_probe_asn`,
  ].join(', ');
}

/** Columns `network_count` and `only_probe_asn`. */
export const NETWORKS = networksAs('network_count');

/**
 * The same two from `seen` beside `counted`, only where every scored measurement names a network: "on 3 networks" must
 * not be said of counts that came from anywhere.
 */
export const KNOWN_NETWORKS = ['network_count', 'only_probe_asn']
  .map(
    (column) =>
      `CASE WHEN seen.measured = counted.measurement_count THEN seen.${column} END AS ${column}`,
  )
  .join(', ');

/** The same two from `seen`, where every measurement names its network. */
export const SEEN_NETWORKS =
  'coalesce(seen.network_count, 0) AS network_count, seen.only_probe_asn';
