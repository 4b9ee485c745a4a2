import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScore, type ScoredLine } from '../../data-build/commands/score-file.ts';
import { telegramLine } from '../support/measurements.ts';
import { scratchFolder } from '../support/scratch.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const folder = scratchFolder('score');

function isScoredLine(value: unknown): value is ScoredLine {
  return typeof value === 'object' && value !== null && 'line' in value && 'rule_ids' in value;
}

function toScoredLine(text: string): ScoredLine {
  const value: unknown = JSON.parse(text);
  if (!isScoredLine(value)) throw new Error(`not a scored line: ${text}`);
  return value;
}

function toRecord(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  return Object.fromEntries(Object.entries(value ?? {}));
}

async function score(file: string, lists: string | null = null): Promise<readonly ScoredLine[]> {
  const lines: ScoredLine[] = [];
  await runScore({ file, lists, write: (line) => lines.push(toScoredLine(line)) });
  return lines;
}

describe('npm run score', () => {
  it('gives one line per line, also for those that cannot be read', async () => {
    const file = join(folder, 'x.jsonl');
    const hidden = telegramLine({ probe_cc: 'ZZ', report_id: 'r' });
    writeFileSync(
      file,
      [telegramLine(), '{', '{}', hidden, telegramLine({ test_name: 7 })].join('\n'),
    );
    const lines = await score(file);
    expect(lines.map(({ line, discarded }) => [line, discarded])).toEqual([
      [1, null],
      [2, 'invalid_json'],
      [3, 'empty_line'],
      [4, 'probe_cc ZZ'],
      [5, 'missing_test_name'],
    ]);
    expect(lines[0]).toMatchObject({ test_name: 'telegram', outcome: 'ok', anomaly: false });
    expect(lines[3]).toMatchObject({ outcome: 'ok', anomaly: false });
    expect(lines[1]).toMatchObject({ outcome: null, anomaly: null, rule_ids: [] });
  });
});

describeWithSharedData('the publisher’s own verdicts', 'oracle/ooni', (oracle) => {
  it.each(['real', 'synthetic-qa'])('are those of every line of %s', async (name) => {
    const lines = await score(join(oracle, `${name}.jsonl.gz`), sharedData('ooni-lists'));
    const expected: readonly Readonly<Record<string, unknown>>[] = readFileSync(
      join(oracle, `${name}.expected.jsonl`),
      'utf8',
    )
      .trim()
      .split('\n')
      .map(toRecord);
    expect(lines).toHaveLength(expected.length);
    const flags = ['anomaly', 'confirmed', 'failure', 'blocking_type'] as const;
    expected.forEach((oracleLine, index) => {
      const line = lines[index];
      expect([index + 1, line?.discarded]).toEqual([index + 1, oracleLine['discarded'] ?? null]);
      for (const flag of flags) {
        if (flag in oracleLine) {
          expect([index + 1, flag, line?.[flag]]).toEqual([index + 1, flag, oracleLine[flag]]);
        }
      }
    });
  });
});
