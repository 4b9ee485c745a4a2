/**
 * Websites of one country or territory that fell together. One website often has too few tests for an event of its own;
 * those of one category, and all that are tested, are judged together, each against its own days before. Websites with an
 * event of their own are left out, and no event is told that a single website or a single network carries.
 */
import { type Asn, type CountryCode, type Day, daysBetween } from '../contract/brands.ts';
import { FLOORS } from '../contract/floors.ts';
import { CATEGORY_CODES, type CategoryCode } from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import {
  countryIn,
  type Database,
  dayIn,
  networkIn,
  numberIn,
  type SqlRow,
  textIn,
  textOrNullIn,
  wordIn,
} from './database.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
  type InterferenceSpan,
} from './detectors/interference.ts';
import { sum, type StratumDay } from './detectors/series.ts';
import type { FoundEvent } from './found-event.ts';
import { toEvents, countsOf } from './span-events.ts';
import { readTargetDays } from './targets.ts';

const GROUP = { leastWebsites: 5, leastSigns: 10, sameStartDays: 7 } as const;

interface Place {
  readonly probe_cc: CountryCode;
  readonly test_name: string;
}

interface Group extends Place {
  /** Null: all websites tested. */
  readonly category_code: CategoryCode | null;
}

interface WebsiteDay extends StratumDay {
  readonly domain: string;
  readonly category: CategoryCode | null;
  /** Null: all networks together. */
  readonly asn: Asn | null;
}

/** `batches`: see `makeTargetDays`. `events`: those of single websites. */
export async function findGroupEvents(
  db: Database,
  batches: readonly string[],
  events: readonly FoundEvent[],
): Promise<readonly FoundEvent[]> {
  const own = new Set(
    events
      .filter(({ kind, probe_asn }) => kind === 'interference_start' && probe_asn === null)
      .map(({ probe_cc, test_name, domain }) => `${probe_cc} ${test_name ?? ''} ${domain ?? ''}`),
  );
  const seen: { group: Group; spans: readonly InterferenceSpan[] }[] = [];
  for (const batch of batches)
    for await (const { place, days } of readPlaces(db, batch)) {
      for (const category_code of categoriesOf(days)) {
        const inside = daysOf(days, { ...place, category_code }, own);
        const spans = detectInterference(inside, INTERFERENCE_NEEDS.group);
        if (spans.length > 0) seen.push({ group: { ...place, category_code }, spans });
      }
    }
  const found: FoundEvent[] = [];
  for (const { group, spans } of seen) {
    // All websites come after the categories: what those tell is said once.
    const told = found.filter(
      (event) => event.probe_cc === group.probe_cc && event.test_name === group.test_name,
    );
    for (const event of await toGroupEvents(db, group, spans, own)) {
      if (
        group.category_code !== null ||
        !told.some((other) => isNear(other.first_sign, event.first_sign))
      )
        found.push(event);
    }
  }
  return found;
}

const isNear = (one: Day, other: Day): boolean =>
  Math.abs(daysBetween(one, other)) <= GROUP.sameStartDays;

/** Websites by day, without regard to networks, of one place after the other. */
async function* readPlaces(
  db: Database,
  targetDays: string,
): AsyncGenerator<{ readonly place: Place; readonly days: readonly WebsiteDay[] }> {
  let at: { place: Place; days: WebsiteDay[] } | null = null;
  for await (const batch of db.batches(`
    WITH places AS (
      SELECT probe_cc, test_name FROM ${targetDays} WHERE domain IS NOT NULL
      GROUP BY ALL ${HAVING})
    SELECT probe_cc, test_name, domain, any_value(category_code) AS category_code, strftime(day, '%Y-%m-%d') AS day,
      NULL::INTEGER AS probe_asn, sum(tests)::INTEGER AS tests, sum(anomaly_count + confirmed_count)::INTEGER AS signs
    FROM ${targetDays} d SEMI JOIN places USING (probe_cc, test_name) LEFT JOIN domain_categories USING (domain)
    WHERE domain IS NOT NULL
    GROUP BY probe_cc, test_name, domain, d.day
    ORDER BY probe_cc, test_name, d.day, domain`)) {
    for (const row of batch) {
      const place = { probe_cc: countryIn(row), test_name: textIn(row, 'test_name') };
      if (at?.place.probe_cc !== place.probe_cc || at.place.test_name !== place.test_name) {
        if (at !== null) yield at;
        at = { place, days: [] };
      }
      at.days.push(toWebsiteDay(row));
    }
  }
  if (at !== null) yield at;
}

const HAVING = `HAVING count(DISTINCT domain) >= ${GROUP.leastWebsites} AND sum(anomaly_count + confirmed_count) >= ${GROUP.leastSigns}`;

function toWebsiteDay(row: SqlRow): WebsiteDay {
  const category = textOrNullIn(row, 'category_code');
  return {
    day: dayIn(row, 'day'),
    domain: textIn(row, 'domain'),
    category: category === null ? null : wordIn(row, 'category_code', CATEGORY_CODES),
    asn: networkIn(row),
    stratum: 0,
    tests: numberIn(row, 'tests'),
    signs: numberIn(row, 'signs'),
  };
}

/** Categories of websites that are enough for a group, in the order of their codes; last null, for all websites. */
function categoriesOf(days: readonly WebsiteDay[]): readonly (CategoryCode | null)[] {
  const codes = [...Map.groupBy(days, ({ category }) => category)].flatMap(([code, rows]) =>
    code !== null &&
    new Set(rows.map(({ domain }) => domain)).size >= GROUP.leastWebsites &&
    sum(rows, ({ signs }) => signs) >= GROUP.leastSigns
      ? [code]
      : [],
  );
  return [...codes.toSorted(), null];
}

/** Days of the group's websites that have no event of their own, a stratum for each website. */
function daysOf(
  days: readonly WebsiteDay[],
  { probe_cc, test_name, category_code }: Group,
  own: ReadonlySet<string>,
): readonly WebsiteDay[] {
  const strata = new Map<string, number>();
  return days.flatMap((day) => {
    if (category_code !== null && day.category !== category_code) return [];
    if (own.has(`${probe_cc} ${test_name} ${day.domain}`)) return [];
    const stratum = strata.get(day.domain) ?? strata.size;
    strata.set(day.domain, stratum);
    return [{ ...day, stratum }];
  });
}

async function toGroupEvents(
  db: Database,
  group: Group,
  spans: readonly InterferenceSpan[],
  own: ReadonlySet<string>,
): Promise<readonly FoundEvent[]> {
  const category =
    group.category_code === null ? '' : `AND category_code = ${quoteText(group.category_code)}`;
  const rows = `
    SELECT d.*, category_code FROM target_days d LEFT JOIN domain_categories USING (domain)
    WHERE domain IS NOT NULL AND probe_cc = ${quoteText(group.probe_cc)} AND test_name = ${quoteText(group.test_name)} ${category}`;
  const all: WebsiteDay[] = [];
  for await (const batch of db.batches(`
    SELECT domain, category_code, strftime(day, '%Y-%m-%d') AS day, probe_asn, tests, anomaly_count + confirmed_count AS signs
    FROM (${rows}) r ORDER BY r.day, domain, probe_asn`))
    for (const row of batch) all.push(toWebsiteDay(row));
  const days = daysOf(all, group, own);
  const robust = spans.filter((span) => isOfManyNetworks(days, span));
  if (robust.length === 0) return [];
  const target = { ...group, domain: null, days: await readTargetDays(db, rows) };
  return toEvents(robust, (span) => {
    const inside = target.days.filter(
      ({ day }) => day >= span.firstSign && (span.firstNormal === null || day < span.firstNormal),
    );
    const networks = new Set(inside.map(({ asn }) => asn)).size;
    if (networks < FLOORS.country.networks) return null;
    return {
      ...countsOf(target, null, inside),
      target: group.category_code === null ? 'websites' : `websites ${group.category_code}`,
      category_code: group.category_code,
      network_count: networks,
      robust: true,
    };
  });
}

/** Rows of one website and day joined; rows must ascend by day and website. */
function joinNetworks(days: readonly WebsiteDay[]): readonly StratumDay[] {
  const joined: { day: StratumDay['day']; stratum: number; tests: number; signs: number }[] = [];
  for (const { day, stratum, tests, signs } of days) {
    const last = joined[joined.length - 1];
    if (last?.day === day && last.stratum === stratum) {
      last.tests += tests;
      last.signs += signs;
    } else joined.push({ day, stratum, tests, signs });
  }
  return joined;
}

/** Whether it is found without any one of the networks that met it. */
function isOfManyNetworks(days: readonly WebsiteDay[], span: InterferenceSpan): boolean {
  const inside = days.filter(
    ({ day, signs }) =>
      signs > 0 && day >= span.firstSign && (span.firstNormal === null || day < span.firstNormal),
  );
  const networks = [...Map.groupBy(inside, ({ asn }) => asn)]
    .map(([asn, rows]) => ({ asn, signs: sum(rows, ({ signs }) => signs) }))
    .filter(({ signs }) => signs * 10 >= sum(inside, (day) => day.signs));
  return networks.every(({ asn }) =>
    detectInterference(
      joinNetworks(days.filter((day) => day.asn !== asn)),
      INTERFERENCE_NEEDS.group,
    ).some((other) => isNear(other.firstSign, span.firstSign)),
  );
}
