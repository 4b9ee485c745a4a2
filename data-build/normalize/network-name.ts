/** What a list says of one network: its name, its organization, and the day of the list. */
import { parseAsn, type Day } from '../contract/brands.ts';
import { problem, type Problem } from '../contract/problem.ts';
import type { LicenceSlug, PublisherId } from '../contract/publishers.ts';
import type { Normalized, PartRow } from '../parts.ts';
import { toFigureDay } from './time.ts';

/** A list as it was read. */
export interface NameList {
  /** As they stand in the file, the first being line 1. */
  readonly lines: readonly string[];
  /** That the operator names. */
  readonly licence: LicenceSlug;
  /** That the operator names; null: the list says it itself. */
  readonly day: Day | null;
}

export interface GivenNetwork {
  /** Its number, with or without `AS`. */
  readonly asn: string;
  /** Empty: the list has none. */
  readonly name: string;
  readonly organization: string;
  /** By which the list tells organizations apart; empty: it does not. */
  readonly organizationId: string;
}

export interface ListFacts {
  readonly source: PublisherId;
  readonly licence: LicenceSlug;
  readonly day: Day;
}

export type NetworkLine = readonly [line: number, given: GivenNetwork | Problem];

const MOST_TEXT = 120;
const tidy = (text: string): string | null => text.trim().slice(0, MOST_TEXT).trim() || null;

/** The rows of a list. The first line of a network counts; others are duplicates. */
export function normalizeNetworks(
  lines: Iterable<NetworkLine>,
  { source, licence, day }: ListFacts,
): Normalized<'organizations'> {
  const rows = new Map<number, PartRow<'organizations'>>();
  const problems: { line: number; problem: Problem }[] = [];
  for (const [line, given] of lines) {
    if ('kind' in given) {
      problems.push({ line, problem: given });
      continue;
    }
    const asn = parseAsn(given.asn);
    if (asn === null || rows.has(asn)) {
      const why =
        asn === null ? problem('unknown_network', given.asn) : problem('duplicate_figure');
      problems.push({ line, problem: why });
      continue;
    }
    rows.set(asn, {
      probe_asn: asn,
      name: tidy(given.name),
      organization: tidy(given.organization),
      organization_id: tidy(given.organizationId),
      name_day: day,
      source,
      licence,
    });
  }
  return { rows: [...rows.values()], problems };
}

/** `20241101` somewhere in a text that is not a longer number, as a day; null: there is none. */
export function findDay(text: string): Day | null {
  const [, year, month, day] = /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(text) ?? [];
  return year === undefined ? null : toFigureDay(`${year}-${month ?? ''}-${day ?? ''}`);
}

/** Names change hands, so a list without a day is refused. */
export function noDay(): Problem {
  return problem('missing_time', 'no date in the list, its name, or the .meta.json beside it');
}
