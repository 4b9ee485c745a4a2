/** The allow-list broken on purpose: whatever gets past the steps before, the gate stops. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  tableColumns,
  tableDdl,
  TABLES,
  type TableName,
} from '../../data-build/contract/tables.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { scanPrivacy } from '../../data-build/write/privacy-gate.ts';
import { checkPrivacy } from '../../data-build/write/write.ts';
import { NEEDLES } from '../support/planting.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('gate');
const isTable = (name: string): name is TableName => name in TABLES;
const ALL_TABLES = Object.keys(TABLES).filter(isTable);
/** Those that have a shape; cities and words cannot be told from any other text, and are kept out before. */
const SHAPED = [
  NEEDLES.ipv4,
  NEEDLES.ipv6,
  NEEDLES.email,
  NEEDLES.jwt,
  NEEDLES.cookie,
  NEEDLES.mac,
  NEEDLES.host,
  NEEDLES.spelled,
];

let db: Database;
beforeAll(async () => {
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
});
afterAll(() => db.close());

const textColumns = (table: TableName) =>
  tableColumns(table).flatMap(({ name, type }) => (type === 'VARCHAR' ? [name] : []));

async function fill(table: TableName, rows: readonly Readonly<Record<string, string>>[]) {
  await db.run(`DROP TABLE IF EXISTS "${table}"`);
  // Without NOT NULL, so that a row needs no more than the column in question.
  await db.run(tableDdl(table).replaceAll(' NOT NULL', ''));
  for (const row of rows) {
    const names = Object.keys(row).map((name) => `"${name}"`);
    await db.run(
      `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${Object.values(row).map(quoteText).join(', ')})`,
    );
  }
}

describe('the gate', () => {
  it.each(ALL_TABLES)('sees each planted shape in each text column of %s', async (table) => {
    for (const needle of SHAPED) {
      await fill(
        table,
        textColumns(table).map((column) => ({ [column]: `seen ${needle}` })),
      );
      const hits = await scanPrivacy(db, [{ table, relation: `"${table}"` }]);
      expect(hits.map((hit) => hit.column)).toEqual(textColumns(table));
      expect(JSON.stringify(hits)).not.toContain(needle);
    }
  });

  it.each(ALL_TABLES)('lets no column pass that the contract does not give %s', async (table) => {
    await fill(table, []);
    await expect(checkPrivacy(db, [table])).resolves.toBeUndefined();
    await db.run(`ALTER TABLE "${table}" ADD COLUMN resolver_ip VARCHAR`);
    await expect(checkPrivacy(db, [table])).rejects.toThrow(`${table} has columns`);
  });
});
