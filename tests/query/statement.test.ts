import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listExamples } from '../../site/query/examples.ts';
import { formatSql } from '../../site/query/sql-text.ts';
import { outcomesQuery } from '../../site/query/interference.ts';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import { isStatementFault, readStatement } from '../../site/query/statement.ts';

function tablesOf(sql: string): readonly string[] | string {
  const statement = readStatement(sql);
  return isStatementFault(statement)
    ? `${statement.fault} ${statement.detail}`.trim()
    : statement.tables;
}

describe('tables that a statement reads', () => {
  it.each([
    ['SELECT * FROM events', ['events']],
    ['from Events select kind', ['events']],
    ['SELECT * FROM "events" AS e, networks n', ['events', 'networks']],
    ['SELECT * FROM main.events', ['events']],
    ['SELECT 1', []],
    ['VALUES (1)', []],
    ['DESCRIBE networks', ['networks']],
    ['EXPLAIN SELECT * FROM networks', ['networks']],
    [
      'SELECT * FROM (SELECT * FROM events) AS x JOIN domains USING (domain)',
      ['events', 'domains'],
    ],
    ['SELECT * FROM (events JOIN networks USING (probe_asn))', ['events', 'networks']],
    ['WITH e AS (SELECT * FROM events) SELECT * FROM e', ['events']],
    ['WITH e(a, b) AS MATERIALIZED (SELECT 1, 2) SELECT * FROM e', []],
    ['SELECT extract(year FROM day) FROM events', ['events']],
    ['SELECT a IS NOT DISTINCT FROM b FROM events', ['events']],
    ['SELECT count(*) AS measurements, domains.x FROM events AS domains', ['events']],
    [
      "SELECT 'FROM measurements' -- FROM domains\n/* FROM /* nested */ networks */ FROM events",
      ['events'],
    ],
    ['SELECT * FROM range(3) AS r, unnest([1]) AS u', []],
    ['SELECT (SELECT max(day) FROM events) FROM domains;', ['events', 'domains']],
    ['SELECT 1 WHERE EXISTS (SELECT 1 FROM networks) ORDER BY a, b', ['networks']],
    ['SELECT * FROM events UNION ALL SELECT * FROM events LIMIT 3', ['events']],
  ])('%s', (sql, tables) => {
    expect([...tablesOf(sql)].sort()).toEqual([...tables].sort());
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'empty'],
    ['  -- nothing', 'empty'],
    ['SELECT 1; SELECT 2', 'several SELECT'],
    ['DROP VIEW events', 'not_reading DROP'],
    ["COPY events TO 'x'", 'not_reading COPY'],
    ["ATTACH 'x.db'", 'not_reading ATTACH'],
    ['INSTALL httpfs', 'not_reading INSTALL'],
    ['PRAGMA database_list', 'not_reading PRAGMA'],
    ["SET memory_limit='9GB'", 'not_reading SET'],
    ['CREATE TABLE x AS SELECT 1', 'not_reading CREATE'],
    ['EXPLAIN ANALYZE DELETE FROM events', 'not_reading DELETE'],
    ['WITH x AS (SELECT 1) INSERT INTO events SELECT * FROM x', 'not_reading INSERT'],
    ["SELECT * FROM 'https://example.org/a.parquet'", "file 'https://example.org/a.parquet'"],
    [
      'SELECT * FROM "https://example.org/a.parquet"',
      'unknown_table https://example.org/a.parquet',
    ],
    ["SELECT * FROM read_parquet('a')", 'function read_parquet'],
    ["SELECT * FROM events, parquet_scan('a')", 'function parquet_scan'],
    ["SELECT getenv('HOME')", 'function getenv'],
    ["SELECT * FROM glob('*')", 'function glob'],
    ['SELECT * FROM duckdb_settings()', 'function duckdb_settings'],
    ['SELECT * FROM measuremnts', 'unknown_table measuremnts'],
    ['SELECT * FROM other.events', 'unknown_table other.events'],
    ['SELECT * FROM information_schema.tables', 'unknown_table information_schema.tables'],
    ["SELECT 'open", 'open_quote'],
    ['SELECT 1 /* open', 'open_comment'],
    ['SELECT (1', 'parentheses'],
    ['SELECT 1)', 'parentheses'],
  ])('%s', (sql, fault) => {
    expect(tablesOf(sql)).toBe(fault);
  });

  it('never throws, whatever is written', () => {
    const pieces = [
      'SELECT',
      'FROM',
      'events',
      '(',
      ')',
      ',',
      "'",
      '"',
      '/*',
      '*/',
      '--',
      ';',
      '$$',
      'WITH',
      'AS',
      '.',
      '\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), (parts) => {
        readStatement(parts.join(' '));
      }),
    );
  });
});

describe('what a statement makes', () => {
  const sharesOf = (sql: string): readonly string[] => {
    const statement = readStatement(sql);
    if (isStatementFault(statement)) throw new Error(statement.fault);
    return [...statement.shares];
  };

  it('knows a share by its making, whatever its name', () => {
    expect(
      sharesOf('SELECT sum(anomaly_count) / sum(measurement_count) AS x, 3 AS y FROM events'),
    ).toEqual(['x']);
    expect(sharesOf("SELECT avg(CASE WHEN outcome = 'ok' THEN 0 ELSE 1 END) AS p")).toEqual(['p']);
    expect(sharesOf('WITH a AS (SELECT signs / tests AS q FROM events) SELECT * FROM a')).toEqual([
      'q',
    ]);
  });

  it('leaves means of speeds, counts and clients alone', () => {
    expect(
      sharesOf(
        'SELECT sum(download_mbps_p50 * download_sample_count) / sum(download_sample_count) AS mbps, avg(value) AS clients, sum(measurement_count) / count(DISTINCT day) AS per_day FROM events',
      ),
    ).toEqual([]);
  });

  it('reads the published SQL of charts and every example', () => {
    const country = toCountryCode('KE');
    if (country === null) throw new Error('KE is a code.');
    const published = formatSql(
      outcomesQuery(
        { probe_cc: [country], probe_asn: [], test_name: ["o'brien"], since: null, until: null },
        'week',
      ),
    );
    expect(tablesOf(published)).toEqual([
      'interference_country_daily',
      'interference_network_daily',
    ]);
    for (const { sql, tables } of listExamples('KE'))
      expect([...tablesOf(sql)].sort()).toEqual([...tables].sort());
  });
});
