import { describe, expect, it } from 'vitest';
import {
  findPrivateShapes,
  ID_SHAPES,
  PRIVATE_TEXT,
  type PrivateShape,
} from '../../data-build/contract/privacy.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import { openDatabase, textIn } from '../../data-build/rollup/database.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PRIVATE: readonly [string, PrivateShape][] = [
  ['203.0.113.7', 'ipv4'],
  ['https://198.51.100.20/path', 'ipv4'],
  ['from=192.0.2.255&x', 'ipv4'],
  ['203.0.113.7.nip.example', 'ipv4'],
  ['2001:db8::1', 'ipv6'],
  ['[2001:db8:0:0:0:0:0:1]:443', 'ipv6'],
  ['fe80::1%eth0', 'ipv6'],
  ['::ffff:c000:201', 'ipv6'],
  ['2001:db8::', 'ipv6'],
  ['write to someone@example.org now', 'email'],
  ['https://user:word@example.org/', 'email'],
  ['u=someone%40example.org', 'email'],
  ['00:1A:2b:3c:4d:5e', 'mac'],
  ['00-1A-2b-3c-4d-5e', 'mac'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt'],
  ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'uuid'],
  ['key d41d8cd98f00b204e9800998ecf8427e', 'long_hex'],
  ['https://example.org/?token=abcdef123', 'credential'],
  ['?PHPSESSID=abc1234', 'credential'],
  ['turned \u202Egnp.exe', 'unseen_mark'],
  ['isolated \u2067', 'unseen_mark'],
  ['in\u200Bvisible', 'unseen_mark'],
  ['red \u001B[31m', 'unseen_mark'],
  ['two\nlines', 'unseen_mark'],
];

const HARMLESS: readonly string[] = [
  'Safaricom Limited',
  'می\u200Cخواهم.example',
  'القصر الكبير',
  'AS12880 Information Technology Company (ITC)',
  'TELE2, S.A. de C.V. – 3G/4G',
  'Dé::cathlon',
  'xn--80ak6aa92e.com',
  '1.1.1.example.org',
  'e1.whatsapp.net',
  'd111111abcdef8.cloudfront.net',
  'https://www.youtube.com/@channel',
  'https://medium.com/@someone/a-story-1a2b3c4d5e6f',
  'https://www.flickr.com/photos/12345@N00/',
  'ooniprobe_android',
  'web_connectivity.confirmed_dns',
  '0.2.13',
  'dns:blocked, tcp_ip:ok',
  '2024-11',
  'RU,UA,US',
  'facebookcorewwwi.onion',
  'https://example.org/12:30:45/news',
];

describe('private shapes', () => {
  it.each(PRIVATE)('%s is found as %s', (text, shape) => {
    expect(findPrivateShapes(text)).toContain(shape);
  });

  it.each(HARMLESS)('%s may be published', (text) => {
    expect(findPrivateShapes(text)).toEqual([]);
  });

  it('read alike in DuckDB and JavaScript', async () => {
    const db = await openDatabase({ spillDir: join(tmpdir(), `privacy-${process.pid}`) });
    const texts = [...PRIVATE.map(([text]) => text), ...HARMLESS];
    const rows = await db.all(
      `SELECT text FROM (VALUES ${texts.map((text) => `(${quoteText(text)})`).join(', ')}) v(text)
      WHERE regexp_matches(text, ${quoteText(PRIVATE_TEXT)}, 'i')`,
    );
    await db.close();
    expect(rows.map((row) => textIn(row, 'text')).toSorted()).toEqual(
      PRIVATE.map(([text]) => text).toSorted(),
    );
  });
});

it('knows ids of today and of earlier pipelines', () => {
  const uid = new RegExp(ID_SHAPES.measurement_uid);
  expect(uid.test('20210208220710.181572_MA_ndt_7888edc7748936bf')).toBe(true);
  expect(uid.test(`0120191010${'0a'.repeat(15)}`)).toBe(true);
  expect(uid.test('203.0.113.7')).toBe(false);
  const report = new RegExp(ID_SHAPES.report_id);
  expect(report.test('20210208T162755Z_ndt_DZ_36947_n1_8swgXi7xNuRUyO9a')).toBe(true);
  for (const old of [
    `20191010T235815Z_AS13285_${'aB3x5'.repeat(10)}`,
    `20141102T220018Z_${'OzDki'.repeat(10)}`,
    `TYXZ${'Lc4g'.repeat(15)}`,
  ])
    expect(report.test(old)).toBe(true);
  for (const junk of ['', 'me@example.org', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'TestCity'])
    expect(report.test(junk)).toBe(false);
});
