/** Clocks: that of a probe is believed for a day and not for a verdict, and that of this machine changes nothing. */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { translate } from '../../site/i18n/translate.ts';
import { clockOf } from '../support/other-machine.ts';
import { scratchFolder } from '../support/scratch.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const HOUR_MS = 3_600_000;
const RECEIVED = Date.UTC(2024, 10, 7, 12);

/** A test whose clock was ahead of the upload by so many hours. */
function line(ahead: number): string {
  const received = new Date(RECEIVED).toISOString();
  const began = new Date(RECEIVED + ahead * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');
  return JSON.stringify({
    measurement_uid: `${received.replace(/\D/g, '').slice(0, 14)}.${String(ahead).padStart(6, '0')}_KE_webconnectivity_0123456789abcdef`,
    input: 'https://example.org/',
    measurement_start_time: began,
    test_start_time: began,
    probe_asn: 'AS64510',
    probe_cc: 'KE',
    report_id: `20241107T120000Z_webconnectivity_KE_64510_n1_${String(ahead).padStart(16, '0')}`,
    software_name: 'ooniprobe-android',
    software_version: '4.0.0',
    test_name: 'web_connectivity',
    test_version: '0.5.28',
    test_runtime: 1,
    test_keys: { accessible: true, blocking: false },
  });
}

/** Runs the build where every clock, also those of its workers, shows this year. */
function build(dumps: string, out: string, year: number): void {
  const done = spawnSync(
    process.execPath,
    [
      clockOf(year),
      ...[
        path.join(ROOT, 'data-build/cli.ts'),
        'data',
        '--dumps',
        dumps,
        '--out',
        out,
        '--jobs',
        '1',
      ],
    ],
    // In a folder of its own no part of another build is used again.
    { cwd: path.dirname(out), encoding: 'utf8' },
  );
  expect(done.status, done.stderr).toBe(0);
}

describe('a clock', () => {
  const scratch = scratchFolder('clock');
  const outOf = (year: number) => path.join(scratch, String(year), 'data');
  beforeAll(async () => {
    const dumps = path.join(scratch, 'dumps');
    await mkdir(dumps);
    await writeFile(path.join(dumps, 'lines.jsonl'), [0, 2, 48, 24 * 8].map(line).join('\n'));
    for (const year of [2011, 2024, 2099]) {
      await mkdir(path.join(scratch, String(year)));
      build(dumps, outOf(year), year);
    }
  });

  it('of a probe that is ahead makes a failure of the day it shows, as the methods page says', async () => {
    const table = 'country/KE/interference_country_daily.csv';
    const csv = await readFile(path.join(outOf(2024), table), 'utf8');
    const [head = '', ...rows] = csv
      .split('\n')
      .filter((row) => row !== '' && !row.startsWith('#'));
    const columns = head.replace('\ufeff', '').split(',');
    const read = ['day', 'measurement_count', 'ok_count', 'failure_count'];
    expect(rows.map((row) => read.map((name) => row.split(',')[columns.indexOf(name)]))).toEqual([
      ['2024-11-07', '2', '1', '1'],
      ['2024-11-09', '1', '0', '1'],
    ]);
    const rejects = await readFile(path.join(outOf(2024), 'rejects.json'), 'utf8');
    expect(rejects).toContain('untrusted_time');
    const words = translate('methods.time.text');
    expect(words).toContain('more than an hour ahead of the upload, the test counts as a failure');
    expect(words).toContain('more than a week ahead, it is not used');
  });

  it('of this machine, set back or ahead, changes no byte', async () => {
    const sums = await Promise.all(
      [2011, 2024, 2099].map((year) => readFile(path.join(outOf(year), 'SHA256SUMS'), 'utf8')),
    );
    expect(sums[0]).not.toBe('');
    expect(new Set(sums).size).toBe(1);
  });
});
