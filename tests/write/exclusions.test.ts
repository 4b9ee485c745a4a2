/** What an operator leaves out on request: gone from every output and from kept releases, and counted in public. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEEP_RULE } from '../../data-build/contract/releases.ts';
import type { MadeParts } from '../../data-build/build.ts';
import { NO_EXCLUSIONS, parseExclusions, readExclusions } from '../../data-build/exclusions.ts';
import { hashOf } from '../../data-build/hash.ts';
import { UsageError } from '../../data-build/outcome.ts';
import { openDatabase, textIn, type Database } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { buildHand, madeOf } from '../support/hand-build.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

const PRIVATE = '20241107T100000Z_webconnectivity_KE_33771_n1_privateprivate01';
const LIST = parseExclusions(
  `# asked for on 2024-12-01\nreport_id ${PRIVATE}  # a person can be told from it\ndomain Private.Example\n`,
  'excluded.txt',
);

const folder = scratchFolder('exclusions');
let made: MadeParts;
let db: Database;

beforeAll(async () => {
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rows = Array.from({ length: 40 }, (_, n) => ({
    ...MEASUREMENT,
    test_name: 'web_connectivity',
    rule_id: 'web_connectivity.ok',
    report_id: n < 3 ? PRIVATE : `20241107T100000Z_webconnectivity_KE_33771_n1_other${1000 + n}`,
    measurement_start_time: `2024-11-${String(10 + (n % 7))} 00:00:${String(10 + n)}`,
    domain: n % 10 === 9 ? 'private.example' : 'public.example',
    input: n % 10 === 9 ? 'https://private.example/' : 'https://public.example/',
  }));
  made = madeOf([await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)]);
});
afterAll(() => db.close());

async function build(
  out: string,
  exclude = NO_EXCLUSIONS,
  effects = recordEffects(),
  parts = made.parts,
) {
  const options = { out, cacheDir: join(folder, 'cache'), exclude, keep: KEEP_RULE };
  return (await buildHand({ ...made, parts }, options, effects)).manifest;
}

/** Names of published files, earlier releases too, in which a text stands. */
async function filesWith(out: string, text: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await listFiles(out)).map(async (path) => {
      const file = join(out, path);
      if (!path.endsWith('.parquet'))
        return (await readFile(file, 'utf8')).includes(text) ? [path] : [];
      const rows = await db.all(`SELECT t::VARCHAR AS line FROM read_parquet('${file}') t`);
      return rows.some((row) => textIn(row, 'line').includes(text)) ? [path] : [];
    }),
  );
  return found.flat();
}

describe('a list of what to leave out', () => {
  it('takes its measurements from every file, counts them, and lets no earlier release keep them', async () => {
    const out = join(folder, 'listed');
    const before = await build(out);
    expect(await filesWith(out, PRIVATE)).not.toEqual([]);
    expect(await filesWith(out, 'private.example')).not.toEqual([]);
    const after = await build(out, LIST);
    expect(await filesWith(out, PRIVATE)).toEqual([]);
    expect(await filesWith(out, 'private.example')).toEqual([]);
    expect(await filesWith(out, 'public.example')).not.toEqual([]);
    expect(after.data_version).not.toBe(before.data_version);
    expect(after.sources.map(({ rejects }) => rejects)).toEqual([
      [{ stage: 'rollup', reason: 'excluded', count: 7 }],
    ]);
    const effects = recordEffects();
    expect(await verifyFolder(out, effects), effects.lines.join('\n')).toBe(true);
  });

  it('says which of its lines name nothing', async () => {
    const effects = recordEffects();
    const list = parseExclusions('domain privat.example\ndomain private.example', 'x');
    await build(join(folder, 'misspelled'), list, effects);
    const said = effects.lines.filter((line) => line.startsWith('--exclude'));
    expect(said).toEqual(['--exclude: no row has domain privat.example']);
  });

  describe('that names a measurement by its uid', () => {
    const UID = '20241107100001.123456_KE_webconnectivity_00000000000000aa';
    const REPORT = '20241107T100000Z_webconnectivity_KE_33771_n1_twoforms00000001';
    const BY_UID = parseExclusions(`measurement_uid ${UID}`, 'x');
    const line = {
      ...MEASUREMENT,
      test_name: 'web_connectivity',
      rule_id: 'web_connectivity.ok',
      report_id: REPORT,
      measurement_start_time: '2024-11-12 12:00:00',
      domain: 'two-forms.example',
      input: 'https://two-forms.example/',
    };
    const exported = { ...line, form: 3, measurement_uid: UID, outcome: 'anomaly' };
    let parts: MadeParts['parts'];
    beforeAll(async () => {
      // In the same second another website was tested, and the same one on another network.
      const others = [
        { ...line, input: 'https://public.example/', domain: 'public.example' },
        { ...line, report_id: REPORT.replace('33771', '33772') },
      ];
      parts = [
        ...made.parts,
        await writeHandPart(db, folder, 'measurements', 'line.jsonl', [line, ...others]),
        await writeHandPart(db, folder, 'measurements', 'export.csv', [exported]),
        // The uid came without its report.
        await writeHandPart(db, folder, 'measurements', 'postcan.tar', [
          { ...exported, form: 2, report_id: '' },
        ]),
      ];
    });

    it('takes it away in every form in which it came, and no other one', async () => {
      const out = join(folder, 'forms');
      const all = await build(out, NO_EXCLUSIONS, recordEffects(), parts);
      const rowsOf = (manifest: typeof all) =>
        manifest.files.find(({ table }) => table === 'measurements')?.rows;
      expect(rowsOf(all)).toBe(43);
      const effects = recordEffects();
      const after = await build(out, BY_UID, effects, parts);
      expect(rowsOf(after)).toBe(42);
      expect(await filesWith(out, UID)).toEqual([]);
      expect(after.sources.map(({ rejects }) => rejects)).toEqual([
        [{ stage: 'rollup', reason: 'excluded', count: 3 }],
      ]);
      expect(effects.lines.filter((line) => line.startsWith('--exclude'))).toEqual([]);
      const left = await db.all(
        `SELECT report_id, input FROM read_parquet('${out}/measurements/**/*.parquet') WHERE report_id LIKE '%twoforms%' ORDER BY ALL`,
      );
      expect(left.map(({ report_id }) => report_id)).toEqual([
        REPORT,
        REPORT.replace('33771', '33772'),
      ]);
    });

    it('by whatever it is named: the row without the report goes with it', async () => {
      const out = join(folder, 'by-report');
      const after = await build(
        out,
        parseExclusions(`report_id ${REPORT}`, 'x'),
        recordEffects(),
        parts,
      );
      expect(await filesWith(out, UID)).toEqual([]);
      expect(after.sources.flatMap(({ rejects }) => rejects.map(({ count }) => count))).toEqual([
        4,
      ]);
    });

    it('lets no earlier release keep it that was made before its uid was known', async () => {
      const out = join(folder, 'before-uid');
      const lineAlone = parts.filter(({ dump }) => dump.endsWith('.jsonl'));
      const before = await build(out, NO_EXCLUSIONS, recordEffects(), lineAlone);
      expect(await filesWith(out, REPORT)).not.toEqual([]);
      await build(out, BY_UID, recordEffects(), parts);
      const index = await readFile(join(out, 'releases/index.json'), 'utf8');
      expect(index).not.toContain(before.data_version);
    });
  });

  it('takes away an address that parts hold as its hash', async () => {
    const address = 'http://198.51.100.20/a-private-page';
    const hidden = {
      ...MEASUREMENT,
      test_name: 'web_connectivity',
      measurement_start_time: '2024-11-12 13:00:00',
      report_id: '20241107T100000Z_webconnectivity_KE_33771_n1_hiddeninput00001',
      input: `sha256:${hashOf(address)}`,
    };
    const parts = [
      ...made.parts,
      await writeHandPart(db, folder, 'measurements', 'hidden.jsonl', [hidden]),
    ];
    const out = join(folder, 'hidden');
    const effects = recordEffects();
    await build(out, parseExclusions(`input ${address}`, 'x'), effects, parts);
    expect(await filesWith(out, hidden.report_id)).toEqual([]);
    expect(effects.lines.filter((line) => line.startsWith('--exclude'))).toEqual([]);
  });

  it('leaves earlier releases that hold none of it', async () => {
    const out = join(folder, 'free');
    const { data_version } = await build(out, LIST);
    await build(
      out,
      parseExclusions(`domain private.example\nreport_id ${PRIVATE}\ndomain a.example`, 'x'),
    );
    const index = await readFile(join(out, 'releases/index.json'), 'utf8');
    expect(index).toContain(data_version);
  });

  it('is the same list in whatever order it is written', () => {
    const other = parseExclusions(`domain private.example\r\nreport_id ${PRIVATE}\r\n`, 'x');
    expect(other).toEqual(LIST);
    expect(parseExclusions('# nothing yet\n\n', 'x')).toEqual(NO_EXCLUSIONS);
  });

  it.each(['domian private.example', 'report_id', 'domain not a domain', 'measurement_uid a b'])(
    'refuses %j, with its line and what to write instead',
    (line) => {
      const read = () => parseExclusions(`# first\n${line}`, 'excluded.txt');
      expect(read).toThrow(UsageError);
      expect(read).toThrow(/^excluded\.txt:2 .*\nWrite one of /);
    },
  );

  it('that is not there stops the build', () => {
    expect(() => readExclusions(join(folder, 'none.txt'))).toThrow(UsageError);
  });
});
