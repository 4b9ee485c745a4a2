/** A record of somebody else: place, days, and the address of its source. Free text stays with its publisher. */
import type { CountryCode } from '../contract/brands.ts';
import { holdsPrivateText } from '../contract/privacy.ts';
import { isProblem, type Problem, problem } from '../contract/problem.ts';
import { LICENCES, PUBLISHERS, type PublisherId } from '../contract/publishers.ts';
import type { RecordKind, RecordScope } from '../contract/records.ts';
import type { PartRow } from '../parts.ts';
import { domainOfInput } from './input.ts';
import { toFigureDay } from './time.ts';

export interface GivenRecord {
  readonly source: PublisherId;
  readonly place: CountryCode;
  readonly kind: RecordKind;
  /** Null: not said. */
  readonly scope: RecordScope | null;
  /** `YYYY-MM-DD`. */
  readonly firstDay: string;
  /** Inclusive; empty: not known, or not over. */
  readonly lastDay: string;
  readonly address: string | Problem;
  /** SPDX identifier; empty: that of the publisher; null: none is stated, so it is refused. */
  readonly licence: string | null;
}

const MOST_ADDRESS = 300;

export function normalizeRecord(given: GivenRecord): PartRow<'records'> | Problem {
  const { source, place, kind, scope, firstDay, lastDay, address, licence } = given;
  const first = toFigureDay(firstDay);
  if (first === null) return problem('invalid_csv', `day ${firstDay}`);
  const last = lastDay === '' ? null : toFigureDay(lastDay);
  if (lastDay !== '' && (last === null || last < first))
    return problem('invalid_csv', `days ${firstDay} to ${lastDay}`);
  if (isProblem(address)) return address;
  const url = toAddress(address);
  if (url === null) return problem('invalid_csv', `address ${address}`);
  const known = Object.values(LICENCES).find(({ spdx }) => spdx === licence);
  if (licence === null || (licence !== '' && known === undefined))
    return problem('unknown_licence', `licence ${licence ?? 'missing'}`);
  return {
    probe_cc: place,
    record_kind: kind,
    record_scope: scope,
    first_day: first,
    last_day: last,
    url,
    source,
    licence: known?.slug ?? PUBLISHERS[source].licence,
  };
}

const ADDRESS = /^https?:\/\/[^\s/?#@:]+(?::\d{1,5})?(?:[/?#][!-;=?-~]*)?$/i;

/** A public address that holds nothing private; null for any other text. */
function toAddress(text: string): string | null {
  const isPublic =
    text.length <= MOST_ADDRESS &&
    ADDRESS.test(text) &&
    domainOfInput(text) !== null &&
    !holdsPrivateText(text);
  return isPublic ? text : null;
}
