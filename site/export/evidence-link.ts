/** Leads from a chart, its bars or its rows to the single measurements behind them: a query for the console. */
import { addDays, toAsn, toDay, type Day } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import { TESTS, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import type { FigureRequest } from '../figures/request.ts';
import { formatQueryLink } from '../state/query-link.ts';
import { translate } from '../i18n/translate.ts';
import { nextPeriod } from '../view/time-frame.ts';

/** Which measurements; an empty list asks for all. */
export interface EvidenceScope {
  readonly probe_cc: readonly string[];
  readonly probe_asn: readonly number[];
  readonly test_name: readonly string[];
  readonly domain: readonly string[];
  readonly since: Day | null;
  /** Exclusive. */
  readonly until: Day | null;
  /** How long the periods of its rows are. */
  readonly grain: TimeGrain;
}

/** Measurements that a link asks for at once. */
const MOST = 1000;

/** What the measurements of a figure have in common; null: they are not one thing's. */
export function evidenceScope({ subject, filter, frame }: FigureRequest): EvidenceScope | null {
  const base = {
    probe_cc: [],
    probe_asn: filter.probe_asn,
    test_name: filter.test_name,
    domain: [],
    since: frame?.since ?? null,
    until: frame?.until ?? null,
    grain: frame?.grain ?? 'day',
  } as const;
  switch (subject.kind) {
    case 'country':
      return { ...base, probe_cc: [subject.probeCc] };
    case 'network':
      return { ...base, probe_asn: [subject.asn] };
    case 'test':
      return { ...base, test_name: [subject.testName] };
    case 'domain':
      return { ...base, domain: [subject.domain] };
    case 'target':
      return {
        ...base,
        probe_cc: [subject.probeCc],
        test_name: subject.testName === null ? filter.test_name : [subject.testName],
        domain: subject.domain === null ? [] : [subject.domain],
        since: subject.first,
        until: addDays(subject.last, 1),
      };
    case 'theme':
    case 'release':
    case 'event':
    case 'state':
      return null;
    default:
      return assertNever(subject);
  }
}

/** Narrowed to rows of its table: days or other periods, networks, tests, places or websites. */
export function narrowScope(scope: EvidenceScope, keys: readonly string[]): EvidenceScope {
  const days = keys.flatMap((key) => toDay(key) ?? []).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first !== undefined && last !== undefined && days.length === keys.length)
    return { ...scope, since: first, until: nextPeriod(last, scope.grain) };
  const networks = keys.flatMap((key) => (/^\d+$/.test(key) ? (toAsn(Number(key)) ?? []) : []));
  if (networks.length > 0) return { ...scope, probe_asn: networks };
  const tests = keys.filter((key) => Object.hasOwn(TESTS, key));
  if (tests.length > 0) return { ...scope, test_name: tests };
  const places = keys.filter((key) => /^[A-Z]{2}$/.test(key));
  if (places.length > 0) return { ...scope, probe_cc: places };
  const domains = keys.filter((key) => key.includes('.'));
  return domains.length > 0 ? { ...scope, domain: domains } : scope;
}

/** `#sql=…` for the console: the measurements, those with signs first. */
export function evidenceLink(scope: EvidenceScope): string {
  const isOneOf = (column: string, values: readonly (string | number)[]): readonly string[] =>
    values.length === 0
      ? []
      : [
          `${column} IN (${values.map((value) => (typeof value === 'number' ? String(value) : quoteText(value))).join(', ')})`,
        ];
  const wanted = [
    ...isOneOf('probe_cc', scope.probe_cc),
    ...isOneOf('probe_asn', scope.probe_asn),
    ...isOneOf('test_name', scope.test_name),
    ...isOneOf('domain', scope.domain),
    ...(scope.since === null ? [] : [`day >= DATE '${scope.since}'`]),
    ...(scope.until === null ? [] : [`day < DATE '${scope.until}'`]),
  ];
  const sql = [
    `-- ${translate('evidence.sql')}`,
    'SELECT day, probe_cc, probe_asn, test_name, domain, outcome, blocking_method, rule_id, blocking_detail, failure_class, measurement_uid, report_id, input',
    'FROM measurements',
    ...(wanted.length === 0 ? [] : [`WHERE ${wanted.join('\n  AND ')}`]),
    "ORDER BY outcome IN ('ok', 'failure'), day DESC, measurement_uid",
    `LIMIT ${MOST}`,
  ].join('\n');
  return formatQueryLink({ sql, floors: true });
}
