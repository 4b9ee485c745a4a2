/** Detected starts against the sample's scripted episodes: a confusion table at ±1 day. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toDay, daysBetween } from '../../data-build/contract/brands.ts';
import { openDatabase, textIn } from '../../data-build/rollup/database.ts';

export interface Confusion {
  readonly scripted: number;
  readonly found: number;
  readonly detected: number;
  readonly recall: number;
  readonly precision: number;
  /** Scripted, but not found; and found, but not scripted. */
  readonly missed: readonly string[];
  readonly extra: readonly string[];
}

interface Start {
  readonly place: string;
  readonly day: string;
}

/** Country-level starts in a data folder built from the sample under `dumps`. */
export async function compareEvents(
  dumps: string,
  data: string,
  scratch: string,
): Promise<Confusion> {
  const scripted = readEpisodes(path.join(dumps, 'SYNTHETIC.json'));
  const detected = await readStarts(data, scratch);
  const missed = scripted.filter((truth) => !detected.some((start) => isSame(truth, start)));
  const extra = detected.filter((start) => !scripted.some((truth) => isSame(truth, start)));
  const found = scripted.length - missed.length;
  return {
    scripted: scripted.length,
    found,
    detected: detected.length,
    recall: found / scripted.length,
    precision: (detected.length - extra.length) / detected.length,
    missed: missed.map(describe),
    extra: extra.map(describe),
  };
}

/** The table as text. */
export function formatConfusion(confusion: Confusion): string {
  const { scripted, found, detected, recall, precision, missed, extra } = confusion;
  return [
    'Interference starts at ±1 day      scripted   not scripted',
    `  detected                         ${String(found).padStart(8)}   ${String(extra.length).padStart(12)}`,
    `  not detected                     ${String(missed.length).padStart(8)}`,
    `  recall ${recall.toFixed(2)} (${found} of ${scripted}), precision ${precision.toFixed(2)} (${detected - extra.length} of ${detected})`,
    ...missed.map((each) => `  missed: ${each}`),
    ...extra.map((each) => `  not scripted: ${each}`),
  ].join('\n');
}

function describe(start: Start): string {
  return `${start.place} ${start.day}`;
}

function isSame(truth: Start, start: Start): boolean {
  const [a, b] = [toDay(truth.day), toDay(start.day)];
  return (
    truth.place === start.place && a !== null && b !== null && Math.abs(daysBetween(a, b)) <= 1
  );
}

function readEpisodes(file: string): readonly Start[] {
  const marker: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const episodes = isRecord(marker) ? marker['episodes'] : null;
  if (!Array.isArray(episodes)) throw new Error(`${file} lists no episodes. Make the sample anew.`);
  return episodes.filter(isRecord).map((episode) => ({
    place: `${String(episode['probe_cc'])} ${String(episode['domain'] ?? episode['test_name'])}`,
    day: String(episode['first_day']),
  }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

async function readStarts(data: string, scratch: string): Promise<readonly Start[]> {
  const db = await openDatabase({ spillDir: path.join(scratch, 'spill-events') });
  const rows = await db.all(`
    SELECT probe_cc || ' ' || target AS place, strftime(first_sign, '%Y-%m-%d') AS day
    FROM read_parquet('${data}/events/*/*.parquet', hive_partitioning = false)
    WHERE kind = 'interference_start' AND probe_asn IS NULL ORDER BY ALL`);
  await db.close();
  return rows.map((row) => ({ place: textIn(row, 'place'), day: textIn(row, 'day') }));
}
