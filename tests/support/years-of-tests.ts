/** Tests of two websites in three years: several spans of days, and many cells of four weeks, in files that cut through years. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addDays } from '../../data-build/contract/brands.ts';
import { websiteLine } from './built-dumps.ts';
import { day } from './days.ts';

export async function writeYearsOfTests(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = Array.from({ length: 300 }, (_, index) =>
    websiteLine({
      input: `https://${index % 3 === 0 ? 'news' : 'mail'}.example/`,
      day: addDays(day('2023-06-01'), index * 3),
      place: index % 2 === 0 ? 'KE' : 'UG',
      asn: 64_496 + (index % 4),
      index,
      blocked: index % 5 === 0,
    }),
  );
  for (let at = 0; at < lines.length; at += 70) {
    const own = lines.slice(at, at + 70);
    await writeFile(path.join(folder, `part-${String(at)}.jsonl`), `${own.join('\n')}\n`);
  }
}
