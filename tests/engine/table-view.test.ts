import path from 'node:path';
import { expect, it } from 'vitest';
import { TABLE_NAMES } from '../../data-build/contract/table-names.ts';
import {
  TABLES,
  tableColumns,
  tableDdl,
  type TableSpec,
} from '../../data-build/contract/tables.ts';
import { tableView } from '../../site/engine/table-view.ts';
import { connectDuckDb } from '../support/duckdb.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('before-a-column');
const ADDED = TABLE_NAMES.flatMap((table) => {
  const { added = {} }: TableSpec = TABLES[table];
  return Object.entries(added).map(([column, contract]) => ({ table, column, contract }));
});

it.each(ADDED)(
  'reads $table of a release that was made before $column was added',
  async ({ table, column, contract }) => {
    expect(tableColumns(table).find(({ name }) => name === column)?.nullable).toBe(true);
    const file = path.join(folder, `${table}.parquet`);
    const engine = await connectDuckDb();
    await engine.run(tableDdl(table));
    await engine.run(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
    await engine.run(`COPY "${table}" TO '${file}' (FORMAT parquet)`);
    await engine.run(`DROP TABLE "${table}"`);
    const count = async (): Promise<unknown> =>
      (await engine.runAndReadAll(`SELECT count("${column}") FROM "${table}"`)).getRows()[0];

    await engine.run(tableView(table, [file], { contract: '1.0.0' }));
    expect(await count()).toEqual([0n]);
    await expect(engine.run(tableView(table, [file], { contract }))).rejects.toThrow(column);
    engine.closeSync();
  },
);
