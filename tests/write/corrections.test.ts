/** The operator's log of corrections: read with care, published beside the tables, told in feeds. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCorrections } from '../../data-build/corrections.ts';
import { UsageError } from '../../data-build/outcome.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { buildHand, madeOf } from '../support/hand-build.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('corrections');

/** A release of one measurement, with this log. */
async function build(out: string, corrections: ReturnType<typeof readCorrections>) {
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const part = await writeHandPart(db, folder, 'measurements', 'a.jsonl', [MEASUREMENT]);
  await db.close();
  const options = { out, cacheDir: join(folder, 'cache'), corrections };
  return (await buildHand(madeOf([part]), options)).manifest;
}

async function put(text: string): Promise<string> {
  const path = join(folder, 'given.json');
  await writeFile(path, text);
  return path;
}

const GIVEN = [
  {
    date: '2024-11-20',
    text: 'A dump was read twice; counts of 7 November were too high.',
    places: ['KE'],
  },
  { date: '2024-12-01', text: 'Two networks had each other’s <b>names</b>.' },
];

describe('a log of corrections', () => {
  it('lies beside the tables, newest first, and in the feeds of what it is about', async () => {
    const out = join(folder, 'data');
    const before = await build(out, []);
    const after = await build(out, readCorrections(await put(JSON.stringify(GIVEN))));
    expect(after.data_version).not.toBe(before.data_version);
    const read = (name: string) => readFile(join(out, name), 'utf8');
    expect(JSON.parse(await read('corrections.json'))).toEqual(GIVEN.toReversed());
    const all = await read('feeds/atom.xml');
    expect(all).toContain('A dump was read twice');
    expect(all).toContain('&lt;b&gt;names&lt;/b&gt;');
    const own = await read('feeds/country/KE/feed.json');
    expect(own).toContain('A dump was read twice');
    expect(own).not.toContain('names');
    // What has been measured has its feed before anything happens.
    const [network = ''] = await readdir(join(out, 'feeds', 'network'));
    expect(await read(`feeds/network/${network}/atom.xml`)).toMatch(/<feed [^]*<\/feed>/);
    expect(await readdir(join(out, 'feeds', 'network', network))).toEqual(['atom.xml']);
    const effects = recordEffects();
    expect(await verifyFolder(out, effects), effects.lines.join('\n')).toBe(true);
  });

  it('with days is a known problem: in the manifest, in feeds, and checked', async () => {
    const out = join(folder, 'problems');
    const effects = recordEffects();
    const days = { since: '2024-11-07', until: '2024-11-09' };
    const given = [{ ...GIVEN[0], days, sources: ['ooni'], tests: ['telegram'] }, GIVEN[1]];
    const { known_problems: problems } = await build(
      out,
      readCorrections(await put(JSON.stringify(given))),
    );
    const text = 'A dump was read twice; counts of 7 November were too high.';
    expect(problems).toEqual([
      { ...days, text, sources: ['ooni'], tests: ['telegram'], places: ['KE'] },
    ]);
    const own = await readFile(join(out, 'feeds/country/KE/atom.xml'), 'utf8');
    expect(own).toContain('<title>Known problem</title>');
    expect(own).toContain(`7 November 2024 to 8 November 2024, OONI, Telegram, Kenya: ${text}`);
    expect(await verifyFolder(out, effects), effects.lines.join('\n')).toBe(true);
    await writeFile(join(out, 'corrections.json'), JSON.stringify(GIVEN));
    expect(await verifyFolder(out, effects)).toBe(false);
    expect(effects.lines.join('\n')).toContain('corrections.json names other days');
  });

  it('may have the mark of an editor before it, and lines', async () => {
    const path = await put(`\uFEFF[{"date": "2024-12-01", "text": "One.\\nTwo."}]`);
    expect(readCorrections(path)).toEqual([{ date: '2024-12-01', text: 'One.\nTwo.' }]);
  });

  it.each([
    [
      'days that end before they begin',
      '[{"date": "2024-12-01", "text": "x", "sources": ["ooni"], "days": {"since": "2024-11-02", "until": "2024-11-02"}}]',
      /corrections\[0\]\.days is not days of which since is before until/,
    ],
    [
      'days of no source',
      '[{"date": "2024-12-01", "text": "x", "days": {"since": "2024-11-01", "until": "2024-11-02"}}]',
      /corrections\[0\] is not a correction: days need sources/,
    ],
    [
      'a source without days',
      '[{"date": "2024-12-01", "text": "x", "sources": ["ooni"]}]',
      /corrections\[0\] is not a correction: days need sources/,
    ],
    [
      'a source that nobody is',
      '[{"date": "2024-12-01", "text": "x", "sources": ["toString"], "days": {"since": "2024-11-01", "until": "2024-11-02"}}]',
      /sources\[0\] is not a known value \(toString\)/,
    ],
    ['no JSON', '[{', /cannot be read as JSON/],
    ['no list', '{}', /corrections is not a list/],
    [
      'a day that is none',
      '[{"date": "2024-13-01", "text": "x"}]',
      /corrections\[0\]\.date is not a day/,
    ],
    ['no text', '[{"date": "2024-12-01", "text": " "}]', /corrections\[0\]\.text is not text/],
    [
      'a place that is none',
      '[{"date": "2024-12-01", "text": "x", "places": ["ke"]}]',
      /places\[0\]/,
    ],
    [
      'a place that nobody lives in',
      '[{"date": "2024-12-01", "text": "x", "places": ["KE", "XX"]}]',
      /corrections\[0\]\.places has XX/,
    ],
    [
      'a misspelled part',
      '[{"date": "2024-12-01", "text": "x"}, {"date": "2024-12-01", "text": "x", "place": ["KE"]}]',
      /corrections\[1\] has "place"/,
    ],
    [
      'an address of a person',
      '[{"date": "2024-12-01", "text": "Told by someone@example.org,\\nthe reader."}]',
      /corrections\[0\]\.text looks like email/,
    ],
  ])('is refused with %s, with its place and what to write', async (_, text, what) => {
    const path = await put(text);
    const read = () => readCorrections(path);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(what);
    expect(read).toThrow(/\nWrite a list like/);
  });
});
