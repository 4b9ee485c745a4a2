/** Statements for large engines: held to the contract, and those that run here are run. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tableColumns } from '../../data-build/contract/tables.ts';
import { BIG_TABLE, LARGE_ENGINES, largeStatement, ROOTS } from '../../site/export/at-scale.ts';

const document = readFileSync(new URL('../../docs/at-scale.md', import.meta.url), 'utf8');

it.each(LARGE_ENGINES)(
  '%s: the statement is the one that was read and agreed to',
  async (engine) => {
    const root = engine === 'duckdb' ? 'https://SITE/data' : ROOTS[engine];
    await expect(`${largeStatement(engine, root)}\n`).toMatchFileSnapshot(
      `../snapshots/at-scale-${engine}.sql`,
    );
  },
);

it.each(LARGE_ENGINES.filter((engine) => engine !== 'duckdb'))(
  '%s: every column of the contract is there once, with a type',
  (engine) => {
    const statement = largeStatement(engine, 'x');
    const named = [...statement.matchAll(/^ {2}(\w+) [A-Za-z]/gm)].map(([, name]) => name);
    const columns = tableColumns(BIG_TABLE).map(({ name }) => name);
    expect(named.filter((name) => columns.some((column) => column === name)).toSorted()).toEqual(
      columns.toSorted(),
    );
  },
);

it.each(LARGE_ENGINES)('docs/at-scale.md says the same for %s', (engine) => {
  const root = engine === 'duckdb' ? 'https://SITE/data' : ROOTS[engine];
  expect(document).toContain(`\`\`\`sql\n${largeStatement(engine, root)}\n\`\`\``);
});
