import { describe, expect, it } from 'vitest';
import type { TableName } from '../../data-build/contract/tables.ts';
import { isStatementFault, readStatement, type Statement } from '../../site/query/statement.ts';

function read(sql: string): Statement {
  const statement = readStatement(sql);
  if (isStatementFault(statement)) throw new Error(`${statement.fault}: ${sql}`);
  return statement;
}

/** `probe_cc KE`, `day >2024-11-01`; null where nothing is certain. */
function narrowed(sql: string, table: TableName = 'measurements'): readonly string[] | null {
  const found = read(sql).narrowings.get(table);
  if (found === undefined) return null;
  return found.map((one) => {
    if (one.kind === 'values') return `${one.column} ${one.values.join(' ')}`;
    const sign = one.kind === 'from' ? '>' : '<';
    return `${one.column} ${sign}${one.open ? '' : '='}${one.value}`;
  });
}

const KE = "probe_cc = 'KE'";

describe('conditions that hold for every row that matters', () => {
  it.each([
    [`SELECT 1 FROM measurements WHERE ${KE}`, ['probe_cc KE']],
    [`FROM measurements WHERE ${KE} SELECT day`, ['probe_cc KE']],
    [
      `SELECT count(*) AS measurements FROM measurements m WHERE m.${KE} AND m.probe_asn = 36924 GROUP BY ALL ORDER BY measurements`,
      ['probe_cc KE', 'probe_asn 36924'],
    ],
    [
      "SELECT * FROM measurements WHERE day >= DATE '2024-11-01' AND day < '2024-12-01'::DATE AND outcome <> 'ok'",
      ['day >=2024-11-01', 'day <2024-12-01'],
    ],
    [
      "SELECT * FROM Measurements WHERE \"day\" BETWEEN '2024-11-01' AND '2024-11-03' AND PROBE_CC IN ('KE', 'UG')",
      ['day >=2024-11-01', 'day <=2024-11-03', 'probe_cc KE UG'],
    ],
    [
      `SELECT * FROM (SELECT day FROM measurements WHERE ${KE} AND (outcome = 'ok' OR outcome = 'anomaly')) WHERE day > '2024-01-01' OR true`,
      ['probe_cc KE'],
    ],
    [
      `WITH ke AS (SELECT * FROM measurements WHERE ${KE}) SELECT a.day FROM ke a JOIN ke b USING (day)`,
      ['probe_cc KE'],
    ],
    [
      `SELECT * FROM domains AS d LEFT JOIN measurements AS m USING (domain) WHERE m.${KE} AND d.domain = 'x'`,
      ['probe_cc KE'],
    ],
    ["SELECT 1 FROM measurements WHERE month > '2024-10'", ['month >2024-10']],
    [`SELECT 1 FROM measurements WHERE NOT ${KE} AND day = '2024-11-01'`, ['day 2024-11-01']],
    ['SELECT 1 FROM measurements', []],
  ])('%s', (sql, expected) => {
    expect(narrowed(sql)).toEqual(expected);
  });
});

describe('what is passed over, because a row left out could matter', () => {
  it.each([
    [`SELECT 1 FROM measurements WHERE ${KE} OR day = '2024-11-01'`],
    [`SELECT 1 FROM measurements WHERE CASE WHEN true AND ${KE} AND true THEN true END`],
    [`SELECT 1 FROM measurements WHERE [true AND ${KE} AND true][1]`],
    [`SELECT 1 FROM measurements WHERE (${KE}) IS NOT TRUE`],
    [`SELECT 1 FROM measurements WHERE ${KE} IS NULL`],
    ['SELECT 1 FROM measurements WHERE probe_cc = domain'],
    ["SELECT 1 FROM measurements WHERE probe_cc = 'K' || 'E'"],
    ["SELECT 1 FROM measurements WHERE probe_cc = E'K\\x45'"],
    ["SELECT 1 FROM measurements WHERE probe_cc IN ('KE', 'U' || 'G')"],
    ["SELECT 1 FROM measurements WHERE probe_cc NOT IN ('KE')"],
    ["SELECT 1 FROM measurements WHERE probe_cc != 'KE'"],
    ["SELECT 1 FROM measurements WHERE day = 'today'"],
    ["SELECT 1 FROM measurements WHERE day > '2024-11-01 12:00'"],
    ["SELECT 1 FROM measurements m WHERE measurements.probe_cc = 'KE'"],
    [`SELECT 1 FROM measurements GROUP BY day HAVING ${KE}`],
    [`SELECT 1 FROM domains WHERE ${KE} UNION SELECT 1 FROM measurements`],
    [`SELECT 1 FROM domains JOIN measurements ON ${KE}`],
    [`SELECT (SELECT 1 FROM domains WHERE ${KE}) FROM measurements`],
  ])('%s', (sql) => {
    expect(narrowed(sql)).toEqual([]);
  });

  it.each([
    [`SELECT 1 FROM measurements a, measurements b WHERE a.${KE}`],
    [`SELECT 1 FROM (measurements JOIN domains USING (domain)) WHERE ${KE}`],
    [`SELECT 1 FROM domains ASOF JOIN measurements USING (domain, day) WHERE ${KE}`],
    [`SELECT 1 FROM measurements POSITIONAL JOIN domains WHERE ${KE}`],
    [`SELECT 1 FROM measurements TABLESAMPLE 10% WHERE ${KE}`],
  ])('%s: the statement is not plain', (sql) => {
    expect(narrowed(sql)).toBeNull();
  });
});

describe('columns that a statement looks at', () => {
  it.each([
    ['SELECT * FROM measurements', null],
    ['SELECT m.* FROM measurements m', null],
    ['SELECT day, * EXCLUDE (day) FROM measurements', null],
    ['FROM measurements', null],
    ['DESCRIBE measurements', null],
    ["SELECT COLUMNS('p.*') FROM measurements", null],
    ['SELECT count(*), 2 * probe_asn FROM measurements', ['count', 'probe_asn', 'measurements']],
  ])('%s', (sql, expected) => {
    const { names } = read(sql);
    if (expected === null) expect(names).toBeNull();
    else expect([...(names ?? [])]).toEqual(expect.arrayContaining(expected));
  });
});
