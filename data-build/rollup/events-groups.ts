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
  textIn,
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
import { readTargetDays, websiteSql } from './targets.ts';

const GROUP = { leastWebsites: 5, leastSigns: 10, sameStartDays: 7 } as const;

interface Group {
  readonly probe_cc: CountryCode;
  readonly test_name: string;
  /** Null: all websites tested. */
  readonly category_code: CategoryCode | null;
}

interface WebsiteDay extends StratumDay {
  readonly asn: Asn | null;
}

/** `events`: those of single websites. */
export async function findGroupEvents(
  db: Database,
  events: readonly FoundEvent[],
): Promise<readonly FoundEvent[]> {
  await db.run(`
    CREATE OR REPLACE TEMP TABLE website_days AS
    SELECT m.*, c.category_code FROM (${websiteSql()}) m LEFT JOIN domain_categories c USING (domain) WHERE tests > 0`);
  const own = new Set(
    events
      .filter(({ kind, probe_asn }) => kind === 'interference_start' && probe_asn === null)
      .map(({ probe_cc, test_name, domain }) => `${probe_cc} ${test_name ?? ''} ${domain ?? ''}`),
  );
  const found: FoundEvent[] = [];
  for (const group of await listGroups(db)) {
    // All websites come after the categories: what those tell is said once.
    const told = found.filter(
      (event) => event.probe_cc === group.probe_cc && event.test_name === group.test_name,
    );
    for (const event of await findInGroup(db, group, own)) {
      if (
        group.category_code !== null ||
        !told.some((other) => isNear(other.first_sign, event.first_sign))
      )
        found.push(event);
    }
  }
  await db.run('DROP TABLE website_days');
  return found;
}

const isNear = (one: Day, other: Day): boolean =>
  Math.abs(daysBetween(one, other)) <= GROUP.sameStartDays;

async function listGroups(db: Database): Promise<readonly Group[]> {
  const having = `HAVING count(DISTINCT domain) >= ${GROUP.leastWebsites} AND sum(anomaly_count + confirmed_count) >= ${GROUP.leastSigns}`;
  const rows = await db.all(`
    SELECT probe_cc, test_name, category_code FROM website_days WHERE category_code IS NOT NULL GROUP BY ALL ${having}
    UNION ALL
    SELECT probe_cc, test_name, NULL FROM website_days GROUP BY ALL ${having}
    ORDER BY probe_cc, test_name, category_code NULLS LAST`);
  return rows.map((row) => ({
    probe_cc: countryIn(row),
    test_name: textIn(row, 'test_name'),
    category_code:
      row['category_code'] === null ? null : wordIn(row, 'category_code', CATEGORY_CODES),
  }));
}

function whereOf({ probe_cc, test_name, category_code }: Group): string {
  const category = category_code === null ? '' : ` AND category_code = ${quoteText(category_code)}`;
  return `probe_cc = ${quoteText(probe_cc)} AND test_name = ${quoteText(test_name)}${category}`;
}

async function findInGroup(
  db: Database,
  group: Group,
  own: ReadonlySet<string>,
): Promise<readonly FoundEvent[]> {
  const days = await loadWebsiteDays(db, group, own);
  const spans = detectInterference(joinNetworks(days), INTERFERENCE_NEEDS.group);
  const robust = spans.filter((span) => isOfManyNetworks(days, span));
  if (robust.length === 0) return [];
  const target = {
    ...group,
    domain: null,
    days: await readTargetDays(db, `SELECT * FROM website_days WHERE ${whereOf(group)}`),
  };
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

async function loadWebsiteDays(
  db: Database,
  group: Group,
  own: ReadonlySet<string>,
): Promise<readonly WebsiteDay[]> {
  const strata = new Map<string, number>();
  const days: WebsiteDay[] = [];
  for await (const batch of db.batches(`
    SELECT domain, strftime(day, '%Y-%m-%d') AS day, probe_asn, tests, anomaly_count + confirmed_count AS signs
    FROM website_days WHERE ${whereOf(group)} ORDER BY day, domain, probe_asn`)) {
    for (const row of batch) {
      const domain = textIn(row, 'domain');
      if (own.has(`${group.probe_cc} ${group.test_name} ${domain}`)) continue;
      const stratum = strata.get(domain) ?? strata.size;
      strata.set(domain, stratum);
      days.push({
        day: dayIn(row, 'day'),
        stratum,
        asn: networkIn(row),
        tests: numberIn(row, 'tests'),
        signs: numberIn(row, 'signs'),
      });
    }
  }
  return days;
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
