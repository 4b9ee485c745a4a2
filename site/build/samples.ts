/** Single measurements to look at, with the addresses of their pages at the publisher. */
import { publisherUrl } from '../../data-build/contract/evidence.ts';
import { BLOCKING_METHODS, OUTCOMES, testSpec } from '../../data-build/contract/vocabulary.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import type { Ask } from '../catalog/ask.ts';
import { samplesOf, type SampleColumn, type SampleRow } from '../query/samples.ts';
import { formatAsn, formatDay } from '../view/format.ts';
import { isolate } from '../../data-build/words/isolate.ts';

/** Measurements listed on a page. */
export const SAMPLES = 6;

export interface Sample {
  readonly url: string;
  readonly day: string;
  /** `example.org` or `Telegram`. */
  readonly target: string;
  /** `Kenya, AS33771`. */
  readonly where: string;
  /** `signs of interference (DNS)`. */
  readonly outcome: string;
}

/** Of one network, website or test. */
export async function askSamples(
  ask: Ask,
  column: SampleColumn,
  key: string | number,
): Promise<readonly Sample[]> {
  return toSamples(await ask(samplesOf(column, key, SAMPLES)));
}

/** Rows without a page at the publisher are left out. */
export function toSamples(rows: readonly SampleRow[]): readonly Sample[] {
  return rows.flatMap((row) => {
    const url = publisherUrl(row);
    if (url === null) return [];
    const method = row.blocking_method === null ? '' : BLOCKING_METHODS[row.blocking_method].label;
    const outcome = OUTCOMES[row.outcome].label;
    return [
      {
        url,
        day: formatDay(row.day),
        target: row.domain === null ? testSpec(row.test_name).label : isolate(row.domain),
        where: `${formatPlaceName(row.probe_cc)}, ${isolate(formatAsn(row.probe_asn))}`,
        outcome: method === '' ? outcome : `${outcome} (${method})`,
      },
    ];
  });
}
