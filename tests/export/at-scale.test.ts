/** Statements for large engines: held to the contract, and those that run here are run. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tableColumns } from '../../data-build/contract/tables.ts';
import { BIG_TABLE, LARGE_ENGINES, largeStatement, ROOTS } from '../../site/export/at-scale.ts';

const document = readFileSync(new URL('../../docs/at-scale.md', import.meta.url), 'utf8');

/** With `-u` the document is written again. */
it('docs/at-scale.md holds the statements', async () => {
  const blocks = /```sql\n[\s\S]*?\n```/g;
  expect(document.match(blocks)).toHaveLength(LARGE_ENGINES.length);
  const engines = LARGE_ENGINES.values();
  const written = document.replaceAll(blocks, (block) => {
    const { value: engine } = engines.next();
    if (engine === undefined) return block;
    const root = engine === 'duckdb' ? 'https://SITE/data' : ROOTS[engine];
    return `\`\`\`sql\n${largeStatement(engine, root)}\n\`\`\``;
  });
  await expect(written).toMatchFileSnapshot('../../docs/at-scale.md');
});

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
