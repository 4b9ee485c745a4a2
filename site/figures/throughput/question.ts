/** Speeds of a place, or of one network in it. */
import type { Asn, CountryCode } from '../../../data-build/contract/brands.ts';
import type { Ask } from '../../catalog/ask.ts';
import { throughputQuery, type ThroughputRow } from '../../query/witnesses.ts';

export interface Speeds {
  /** The one network that they are of; null: all of the place. */
  readonly network: Asn | null;
  readonly rows: readonly ThroughputRow[];
}

/** Those of the network where any are published, else those of the place. */
export async function askSpeeds(
  ask: Ask,
  probeCc: CountryCode,
  network: Asn | null,
): Promise<Speeds> {
  const scope = { probeCc };
  const own = network === null ? [] : await ask(throughputQuery(probeCc, network), scope);
  return own.length > 0
    ? { network, rows: own }
    : { network: null, rows: await ask(throughputQuery(probeCc), scope) };
}
