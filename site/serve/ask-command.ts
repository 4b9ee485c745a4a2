/** `npm run ask -- "SQL" [--site URL|DIR] [--csv]`: exit 0 answered, 1 it could not be, 2 bad arguments. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../engine/build-data.ts';
import { writeCsv } from '../export/csv.ts';
import type { Records, RecordValue } from '../export/records.ts';
import { ask } from './ask.ts';

const USE = 'Use: npm run ask -- "SELECT …" [--site URL|DIR] [--csv]';

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { site: { type: 'string' }, csv: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [sql] = positionals;
    return sql === undefined || positionals.length > 1 ? null : { sql, ...values };
  } catch {
    return null;
  }
}

/** In one line: nothing of the data may steer a terminal. */
const formatValue = (value: RecordValue): string =>
  value === null ? '' : String(value).replace(/\p{C}+/gu, ' ');

/** Columns side by side; numbers end, texts begin, at one place. */
function formatTable({ columns, rows }: Records): string {
  const lines = [columns.map(({ key }) => key), ...rows.map((row) => row.map(formatValue))];
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  const pad = (text: string, index: number): string =>
    columns[index]?.type === 'number'
      ? text.padStart(widths[index] ?? 0)
      : text.padEnd(widths[index] ?? 0);
  return lines.map((line) => `${line.map(pad).join('  ').trimEnd()}\n`).join('');
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given === null) {
    process.stderr.write(`These arguments cannot be used.\n${USE}\n`);
    return 2;
  }
  const { records, notes } = await ask({
    sql: given.sql,
    site: given.site ?? dataFolder(),
    cacheDir: path.resolve('.cache/ask'),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(
    given.csv
      ? writeCsv(records, notes)
      : `${records.rows.length === 0 ? '' : `${formatTable(records)}\n`}${notes.map((note) => `${note}\n`).join('')}`,
  );
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
