import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureDay } from '../../data-build/sample/ooni-run.ts';
import { isSampleSize, type SampleSummary, writeSample } from '../../data-build/sample/sample.ts';
import { formatSpeedStatistics } from '../../data-build/sample/speed-statistics.ts';
import { formatPsiphonUsage, formatTorUsage } from '../../data-build/sample/tool-usage.ts';
import { createWorld, worldDays } from '../../data-build/sample/world.ts';
import { isProblem } from '../../data-build/contract/problem.ts';
import { normalizeDailyStatistics } from '../../data-build/publishers/mlab/daily-statistics.ts';
import { normalizeUsage } from '../../data-build/publishers/psiphon/usage.ts';
import { normalizeTorUse } from '../../data-build/publishers/tor-metrics/userstats.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { parseCsvTable } from '../../data-build/parse/csv-table.ts';
import { parseObject } from './support.ts';

const effects = { log: () => undefined, progress: () => undefined, now: () => 0 };

describe('small sample on disk', () => {
  let out = '';
  let summary: SampleSummary;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'atlas-sample-'));
    summary = await writeSample({ size: 'small', out, seed: 1, effects });
  });
  afterAll(() => rm(out, { recursive: true }));

  it('says at its root that it is synthetic, and what was scripted', async () => {
    const marker = parseObject(await readFile(join(out, 'SYNTHETIC.json'), 'utf8'));
    expect(marker).toMatchObject({ synthetic: true, seed: 1, size: 'small' });
    expect(marker['episodes']).toHaveLength(summary.episodes);
    expect(await readdir(out)).toEqual(
      expect.arrayContaining(['raw', 'bare', 'aggregation', 'notes.txt']),
    );
  });

  it('is of the promised size, with every kind of fault', () => {
    expect(summary.places).toBeGreaterThanOrEqual(40);
    expect(summary.measurements).toBeGreaterThan(60_000);
    expect(summary.measurements).toBeLessThan(125_000);
    expect(summary.bytes).toBeLessThan(20_000_000);
    for (const count of Object.values(summary.breakages)) expect(count).toBeGreaterThan(0);
  });

  it('refuses a folder that holds anything else', async () => {
    const other = await mkdtemp(join(tmpdir(), 'atlas-other-'));
    await writeFile(join(other, 'real.jsonl'), 'precious');
    await expect(writeSample({ size: 'small', out: other, seed: 1, effects })).rejects.toThrow(
      /did not write[^]*--out/,
    );
    expect(await readdir(other)).toEqual(['real.jsonl']);
    await rm(other, { recursive: true });
  });

  it('knows its sizes', () => {
    expect(isSampleSize('small')).toBe(true);
    expect(isSampleSize('huge')).toBe(false);
  });
});

describe('speed tests', () => {
  it('are read without a problem, in a few places, and show the scripted slow days', () => {
    const world = createWorld('small');
    const read = normalizeDailyStatistics(parseJson(formatSpeedStatistics(world, 1)) ?? []);
    if (isProblem(read)) throw new Error(read.detail);
    expect(read.problems).toEqual([]);
    const places = new Set(read.rows.map(({ probe_cc }) => probe_cc));
    expect(places.size).toBeGreaterThan(3);
    expect(places.size).toBeLessThan(world.places.length / 2);
    expect(read.rows).toHaveLength(places.size * worldDays(world).length);
    const speeds = (from: string, to: string) =>
      read.rows
        .filter(
          ({ probe_cc, day }) => probe_cc === 'UY' && day !== null && from <= day && day <= to,
        )
        .map(({ download_mbps_p50 }) => Number(download_mbps_p50));
    expect(Math.max(...speeds('2026-06-16', '2026-06-26'))).toBeLessThan(
      Math.min(...speeds('2026-05-16', '2026-06-15')) / 2,
    );
  });
});

describe('measurements over time', () => {
  it('are fewer at weekends', () => {
    const world = createWorld('small');
    const place = world.places.find(({ cc }) => cc === 'NZ');
    if (place === undefined) throw new Error('NZ is gone');
    const byWeekday = [0, 0, 0, 0, 0, 0, 0];
    for (const day of worldDays(world)) {
      const count = [...measureDay(place, day, [], 1)].length;
      const weekday = new Date(day).getUTCDay();
      byWeekday[weekday] = (byWeekday[weekday] ?? 0) + count;
    }
    const [sunday = 0, monday = 0, , , , , saturday = 0] = byWeekday;
    expect((sunday + saturday) / 2).toBeLessThan(monday * 0.9);
  });
});

describe('tool use', () => {
  const world = createWorld('small');

  it('surges in Tor with the episodes that say so, and drops where the tool itself is blocked', () => {
    const rows = formatTorUsage(world, 1)
      .split('\n')
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split(','));
    const users = (cc: string, day: string) =>
      Number(rows.find(([date, country]) => date === day && country === cc)?.[2]);
    expect(users('nz', '2026-05-20') / users('nz', '2026-05-06')).toBeGreaterThan(4);
    expect(users('mu', '2026-06-10') / users('mu', '2026-05-27')).toBeLessThan(0.5);
    expect(rows.every((row) => row.length === 6)).toBe(true);
    expect(rows.some(([, country]) => country === '')).toBe(true);
    expect(rows.at(-1)?.[0]).toBe('2026-06-28');
  });

  it('is read by the project but for the total and the unknown country', () => {
    const [tor, usage] = [formatTorUsage(world, 1), formatPsiphonUsage(world, 1)].map(
      parseCsvTable,
    );
    if (tor === undefined || usage === undefined || isProblem(tor) || isProblem(usage)) {
      throw new Error('not CSV');
    }
    const reads = [normalizeTorUse(tor), normalizeUsage(usage)];
    const reasons = reads.map((read) => {
      if (isProblem(read)) throw new Error(read.detail);
      expect(read.rows.length).toBeGreaterThan(3_000);
      return [...new Set(read.problems.map(({ problem }) => problem.reason))];
    });
    expect(reasons).toEqual([['world_total', 'unknown_country'], []]);
  });

  it('leaves withheld values empty, never zero', () => {
    const text = formatPsiphonUsage(world, 1);
    expect(text).toMatch(/,psiphon,users,,,,,psiphon,/);
    expect(text).not.toMatch(/,psiphon,users,0,/);
  });
});
