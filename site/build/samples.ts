/** Single measurements to look at, with the addresses of their pages at the publisher. */
import { publisherUrl } from '../../data-build/contract/evidence.ts';
import { ruleById, RULES } from '../../data-build/contract/rules.ts';
import { BLOCKING_METHODS, OUTCOMES, testSpec } from '../../data-build/contract/vocabulary.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import type { Ask } from '../catalog/ask.ts';
import { samplesOf, type SampleColumn, type SampleRow } from '../query/samples.ts';
import { formatAsn, formatDay, formatItems } from '../view/format.ts';
import { isolate } from '../../data-build/words/isolate.ts';
import { translate } from '../i18n/translate.ts';

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
  readonly why: SampleReason;
}

/** Why a measurement has its outcome. */
export interface SampleReason {
  readonly ruleId: string;
  /** What the rule saw; null for a rule of another version. */
  readonly reason: string | null;
  /** Entries of the fingerprint lists that matched. */
  readonly fingerprints: readonly string[];
  /** What else the publisher or the rule noted: `endpoints_tcp=8/24`, `generic_timeout_error`. */
  readonly seen: readonly string[];
  /** What would have made it `ok`: the rules of its test that say so. */
  readonly ok: readonly string[];
}

const FINGERPRINT = 'fp:';

/** Each rule of the test, or of the table that the verdict was taken from, that leads to `ok`. */
function okReasons({ test_name, rule_id, outcome }: SampleRow): readonly string[] {
  if (outcome === 'ok') return [];
  const isStored = rule_id.startsWith('fastpath.');
  return RULES.filter(
    ({ id, tests, outcome: result }) =>
      result === 'ok' &&
      (isStored ? id.startsWith('fastpath.') : tests.some((name) => name === test_name)),
  ).map(({ reason }) => reason);
}

export function explainSample(row: SampleRow): SampleReason {
  const details = (row.blocking_detail ?? '').split(',').filter((text) => text !== '');
  return {
    ruleId: row.rule_id,
    reason: ruleById(row.rule_id)?.reason ?? null,
    fingerprints: details
      .filter((text) => text.startsWith(FINGERPRINT))
      .map((text) => text.slice(FINGERPRINT.length)),
    seen: [
      ...details.filter((text) => !text.startsWith(FINGERPRINT)),
      ...(row.failure_class === null ? [] : [row.failure_class]),
    ],
    ok: okReasons(row),
  };
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
        where: formatItems([formatPlaceName(row.probe_cc), isolate(formatAsn(row.probe_asn))]),
        outcome:
          method === '' ? outcome : translate('phrase.aside', { text: outcome, aside: method }),
        why: explainSample(row),
      },
    ];
  });
}
