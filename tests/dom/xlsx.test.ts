/** Workbooks of texts that would run, or break a file, if anything took them for more than text. */
import { expect, it } from 'vitest';
import { writeXlsx } from '../../site/islands/xlsx.ts';
import { HOSTILE, LONG_NAME } from '../support/hostile-text.ts';
import { readSheet, workbookFaults } from '../support/workbook.ts';

const TEXTS = [...Object.values(HOSTILE), LONG_NAME, 'x'.repeat(40_000), '_x0041_', '\uFFFE', ''];

async function workbook(texts: readonly string[]): Promise<Uint8Array> {
  const columns = ['name', ...texts].map((key) => ({ key, label: key, type: 'text' }) as const);
  const rows = texts.map((text) => [text, ...texts]);
  const file = await writeXlsx({ columns, rows }, texts, { data: 'data', about: 'about' });
  return new Uint8Array(await file.arrayBuffer());
}

it('hold such texts as texts, as heads, as rows and as words about them', async () => {
  const file = await workbook(TEXTS);
  expect(workbookFaults(file)).toEqual([]);
  const [head, ...rows] = readSheet(file);
  expect(head).toHaveLength(TEXTS.length + 1);
  expect(rows).toHaveLength(TEXTS.length);
  for (const text of [HOSTILE.formula, HOSTILE.image, HOSTILE.section, HOSTILE.entity, LONG_NAME])
    expect(rows[TEXTS.indexOf(text)]?.[0]).toBe(text);
  for (const cell of rows.flat()) expect(String(cell ?? '').length).toBeLessThanOrEqual(32_767);
});
