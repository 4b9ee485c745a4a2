/** A real block as the golden: Telegram in Kenya, November 2024. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isJsonObject, stringAt } from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { NO_FINGERPRINTS } from '../../data-build/score/fingerprints.ts';
import { scoreMeasurement } from '../../data-build/score/score.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

describeWithSharedData('Telegram in Kenya', 'ooni/kenya-telegram-2024', (folder) => {
  it('leaps on 2024-11-07 and fades by 11-29', () => {
    const days = new Map<string, { all: number; anomalies: number }>();
    let lines = 0;
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.jsonl.gz')) continue;
      const text = gunzipSync(readFileSync(path.join(folder, file))).toString('utf8');
      for (const line of text.split('\n')) {
        const raw = line === '' ? undefined : parseJson(line);
        if (!isJsonObject(raw)) continue;
        lines += 1;
        const verdict = scoreMeasurement(
          raw,
          { test_name: stringAt(raw, 'test_name') ?? '', probe_cc: 'KE', clockFault: null },
          NO_FINGERPRINTS,
        );
        const day = (stringAt(raw, 'measurement_start_time') ?? '').slice(0, 10);
        const counts = days.get(day) ?? { all: 0, anomalies: 0 };
        counts.all += 1;
        if (verdict.outcome === 'anomaly') counts.anomalies += 1;
        days.set(day, counts);
      }
    }
    expect(lines).toBe(5196);
    const seen = Object.fromEntries(
      ['05', '06', '07', '08', '29'].map((day) => {
        const { anomalies = 0, all = 0 } = days.get(`2024-11-${day}`) ?? {};
        return [day, `${anomalies} of ${all}`];
      }),
    );
    expect(seen).toEqual({
      '05': '16 of 105',
      '06': '2 of 114',
      '07': '83 of 142',
      '08': '98 of 132',
      '29': '18 of 98',
    });
  });
});
