/** The page of an event of many thin websites: each day has too few tests for a rate, and the timeline still shows it. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { addDays } from '../../data-build/contract/brands.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { catalogFiles } from '../../site/catalog/files.ts';
import { loadManifest } from '../../site/engine/build-data.ts';
import { openNodeEngine } from '../../site/engine/duckdb-node.ts';
import type { Engine } from '../../site/engine/engine.ts';
import type { Ask } from '../../site/catalog/ask.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import { toRequest } from '../../site/figures/request.ts';
import { witnesses } from '../../site/figures/witnesses/figure.ts';
import { eventsQuery } from '../../site/query/witnesses.ts';
import { country, day } from '../support/days.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

const FIRST = day('2024-03-01');
const PLACE = country('KE');
const [BLOCKED, WEBSITES, NETWORKS] = [60, 18, 12];

/** Three tests a day of 18 websites from 12 networks; from the sixtieth day on five in six have a false DNS answer. */
function makeLines(): readonly string[] {
  return Array.from({ length: (BLOCKED + 18) * 3 }, (_, index) => {
    const at = Math.floor(index / 3);
    const on = addDays(FIRST, at);
    const time = `${on} 12:00:0${String(index % 3)}`;
    const asn = 64500 + ((index * 5 + Math.floor(index / NETWORKS)) % NETWORKS);
    const blocked = at >= BLOCKED && index % 6 !== 0;
    return JSON.stringify({
      input: `https://site-${String((index * 7) % WEBSITES)}.example/`,
      measurement_start_time: time,
      test_start_time: time,
      probe_asn: `AS${String(asn)}`,
      probe_cc: 'KE',
      report_id: `${on.replaceAll('-', '')}T120000Z_webconnectivity_KE_${String(asn)}_n1_${String(index).padStart(16, '0')}`,
      software_name: 'ooniprobe-android',
      software_version: '4.0.0',
      test_name: 'web_connectivity',
      test_version: '0.5.28',
      test_runtime: 1,
      test_keys: blocked
        ? { accessible: false, blocking: 'dns', dns_experiment_failure: 'dns_nxdomain_error' }
        : { accessible: true, blocking: false },
    });
  });
}

describe('websites that fell together', () => {
  const scratch = scratchFolder('group-event');
  const out = path.join(scratch, 'data');
  let engine: Engine;
  let ask: Ask;
  beforeAll(async () => {
    const effects = recordEffects();
    const dumps = path.join(scratch, 'dumps');
    const cacheDir = path.join(scratch, 'cache');
    await mkdir(dumps);
    await writeFile(path.join(dumps, 'lines.jsonl'), makeLines().join('\n'));
    const request = { dumps: [dumps], cacheDir, jobs: 1, shard: null, effects };
    const options = { edition: 'all', since: null, until: null, strict: false } as const;
    await buildData(() => readDumps(request), { out, cacheDir, ...options }, effects);
    const manifest = await loadManifest(out);
    engine = await openNodeEngine(out);
    ask = async (query, scope = {}) => {
      for (const table of query.tables)
        await engine.open(table, catalogFiles(manifest, { ...scope, table }));
      return engine.run(query);
    };
  }, 60_000);
  afterAll(async () => {
    await engine.close();
  });

  it('have a timeline of rates that rose, with their own beginning', async () => {
    const [event, ...others] = await ask(eventsQuery(PLACE));
    expect(others).toEqual([]);
    expect(event).toMatchObject({ domain: null, first_sign: addDays(FIRST, BLOCKED) });
    const subject = { kind: 'event', probeCc: PLACE, eventId: event?.event_id ?? '' } as const;
    const until = addDays(FIRST, BLOCKED + 18);
    const release = { version: '', until, edition: 'all', synthetic: false } as const;
    const made = await askFigure(ask, witnesses, toRequest(witnesses, { subject, release }));
    const [track] = made?.view.tracks ?? [];
    expect(track?.missing).toBeNull();
    expect(track?.points.map(({ value }) => Math.round(100 * value))).toEqual([0, 2, 84]);
    expect(track?.spans).toHaveLength(1);
    expect(made === null ? [] : witnesses.sources(made.view)).toHaveLength(1);
  });
});
