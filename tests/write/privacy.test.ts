import { describe, expect, it } from 'vitest';
import {
  findPrivateShapes,
  holdsPrivateSql,
  holdsPrivateText,
  ID_SHAPES,
  type PrivateShape,
} from '../../data-build/contract/privacy.ts';
import { foldSql, foldText } from '../../data-build/contract/spellings.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import { openDatabase, textIn } from '../../data-build/rollup/database.ts';
import { createRng } from '../../data-build/sample/rng.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PRIVATE: readonly [string, PrivateShape][] = [
  ['203.0.113.7', 'ipv4'],
  ['https://198.51.100.20/path', 'ipv4'],
  ['from=192.0.2.255&x', 'ipv4'],
  ['203.0.113.7.nip.example', 'ipv4'],
  ['192.168.001.010', 'ipv4'],
  ['?ip=203%2E0%2E113%2E7', 'ipv4'],
  ['?ip=203%252e0%252e113%252e7', 'ipv4'],
  ['%ff?ip=203%2E0%2E113%2E7', 'ipv4'],
  ['https://example.org/２０３．０．１１３．７', 'ipv4'],
  ['%EF%BC%92%EF%BC%90３。0。113。7', 'ipv4'],
  ['https://example.org/0xCB.0.0x71.7', 'odd_ipv4'],
  ['?from=0313.0.0161.07', 'odd_ipv4'],
  ['https://example.org/203[.]0[.]113[.]7', 'odd_ipv4'],
  ['203 (dot) 0 (dot) 113 (dot) 7', 'odd_ipv4'],
  ['https://example.org/203%5B.%5D0%5B.%5D113%5B.%5D7', 'odd_ipv4'],
  ['https://example.org/?ip=3405803783', 'address_value'],
  ['?client_ip=0xcb007107', 'address_value'],
  ['?a=b&IPv6=2001-db8--1', 'address_value'],
  ['?mac=02005e53a077', 'address_value'],
  ['203x0x113x7.dsl.example.net', 'host_address'],
  ['n203z0z113z7.static.example.net', 'host_address'],
  ['203-0-113-7.dsl.example.net', 'host_address'],
  ['ec2-203-0-113-7.compute.amazonaws.com', 'host_address'],
  ['https://7-113.0-203.pool.example.net/', 'host_address'],
  ['line203_000_113_007-dsl.пример.рф', 'host_address'],
  ['203-0-113-7.sslip.example.net, among others', 'host_address'],
  ['2001-db8--1.sslip.example', 'host_address'],
  ['https://2001-db8-0-0-0-0-0-1.dsl.example.net/', 'host_address'],
  ['192168001001.dsl.example.net', 'host_number'],
  ['https://user081123045067.static.example.net/', 'host_number'],
  ['490154203237518.mobile.example.net', 'host_number'],
  ['ip-c0a80101.example.net', 'host_number'],
  ['P5B2A3C4D.dip0.example.net', 'host_number'],
  ['cable-02005e53a077.пример.рф', 'host_number'],
  ['dsl20010db800000001-v6.example.net', 'host_number'],
  ['?from=c0a80101.dsl.example.net', 'host_number'],
  ['2001:db8::1', 'ipv6'],
  ['?ip=2001%3Adb8%3A%3A1', 'ipv6'],
  ['[2001:db8:0:0:0:0:0:1]:443', 'ipv6'],
  ['fe80::1%eth0', 'ipv6'],
  ['::ffff:c000:201', 'ipv6'],
  ['2001:db8::', 'ipv6'],
  ['write to someone@example.org now', 'email'],
  ['https://user:word@example.org/', 'email'],
  ['u=someone%40example.org', 'email'],
  ['john%2540mail.example', 'email'],
  ['josé@пример.рф', 'email'],
  ['jos%C3%A9%40%D0%BF%D1%80%D0%B8.%D1%80%D1%84', 'email'],
  ['https://example.org/?e=someone(at)example.org', 'email'],
  ['someone [at] example.org', 'email'],
  ['?e=someone&commat;example.org', 'email'],
  ['0200.5e53.a077', 'mac'],
  ['https://example.org/@-1.292066,36.821946,15z', 'coordinates'],
  ['?ll=40.7128,-74.0060', 'coordinates'],
  ['?q=51.5074%2C-0.1278', 'coordinates'],
  ['#map=15/51.5074/-0.1278', 'coordinates'],
  ['?lon=36.8&lat=-1.3', 'coordinates'],
  ['geo:40.7128, -74.0060', 'coordinates'],
  ['Net -1.292066,36.821946', 'coordinates'],
  ['dumps_-1.292066_36.821946.jsonl', 'coordinates'],
  ['40°42′46″N 74°0′21″W', 'coordinates'],
  ['00:1A:2b:3c:4d:5e', 'mac'],
  ['00-1A-2b-3c-4d-5e', 'mac'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt'],
  ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'uuid'],
  ['key d41d8cd98f00b204e9800998ecf8427e', 'long_hex'],
  ['https://example.org/?token=abcdef123', 'credential'],
  ['?PHPSESSID=abc1234', 'credential'],
  ['?access%5Ftoken%3Dabcdef123', 'credential'],
  ['?key=AIzaSyA1234567890abcdefghijklmnop', 'credential'],
  ['?pwd=hunter22', 'login'],
  ['?a=b&user=john.doe', 'login'],
  ['call +254 712 345 678 now', 'phone'],
  ['https://example.org/?n=%2B254712345678', 'phone'],
  ['https://wa.me/254712345678', 'phone'],
  ['tel:0712345678', 'phone'],
  ['?imei=490154203237518', 'phone'],
  ['?imei=49-015420-323751-8', 'phone'],
  ['?whatsapp=254712345678', 'phone'],
  ['?phone_number=(0712) 345-678', 'phone'],
  ['?t=ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'access_key'],
  ['AKIAIOSFODNN7EXAMPLE', 'access_key'],
  ['xoxb-123456789012-abcdef', 'access_key'],
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
  'https://example.org/2024-10-11-12-what-happened.html',
  'https://example.org/?file=01-02-03-04.pdf',
  '1-2-3-4.com',
  '2024-10,KE,4944407,52.0213,33.0881,-1.2345',
  '["2024-10","KE",52.0213,33.0881],[1.2345,2.3456]',
  '{"value":52.0213,"lower":33.0881}',
  'https://example.org/?zip=123456-7890&clip=abcdef123',
  'https://example.org/?ip=any&macro=abcdef12',
  'version 1.234, build 5.678.9',
  'https://example.org/?price=1.25,3.50&plat=1.5',
  'https://example.org/2024.1011.1213',
  'a5.b6.c7.example.org',
  'screen1920x1080.example.org',
  'https://example.org/chat(room)/at.html',
  'v1-2-3.docs.example.org',
  'build-2024-10-11-12.pages.example.org',
  'feature-a--site.pages.example.org',
  '2024-10-11--site.pages.example.org',
  'https://example.org/?key=42&superuser=no',
  'c0a80101.com',
  '12345678901.com',
  '20241011.example.org',
  'defacade.example.org',
  'build-1234567.example.org',
  'a1b2c3d.example.org',
  'd3a1b2c4e5f67.cdn.example.org',
  'https://www.facebook.com/people/A-Page/100008456520553',
  'https://example.org/c0a80101/192168001001.html',
  'https://example.org/?q=1+2024101112&hotel=123456',
  'https://example.org/?page=2&intel=20241011',
  'https://example.org/100%',
  'https://example.org/a%0Ab%E2%80%8B%00',
  'https://example.org/?q=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7',
  'https://example.org/%E3%81%AB%E3%81%A1/日本語。',
  'Ｎｅｔ２１ ９．８',
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
      WHERE ${holdsPrivateSql('text')}`,
    );
    await db.close();
    expect(rows.map((row) => textIn(row, 'text')).toSorted()).toEqual(
      PRIVATE.map(([text]) => text).toSorted(),
    );
    expect(texts.filter(holdsPrivateText)).toEqual(PRIVATE.map(([text]) => text));
  });
});

describe('a text in other spellings', () => {
  const BITS =
    '% 25 %2e %2E %252e %c3%a9 c3 a9 %ff %ed%a0%80 %ED%9F%BF %f0%9f%98%80 %f4%90%80%80 %e0%80%80 %C0%AF %00 %0a %u0041'
      .split(' ')
      .concat([
        'é',
        '２',
        '𝟐',
        '．',
        '。',
        '😀',
        '203',
        '0',
        '.',
        '@',
        'a',
        '=',
        'token',
        '\u0001',
      ]);

  it('is folded alike in DuckDB and JavaScript, whatever bytes it names', async () => {
    const rng = createRng(1, 'privacy', 'spellings');
    const some = (): string => BITS[Math.floor(rng.unit() * BITS.length)] ?? '';
    const texts = Array.from({ length: 3000 }, (_, n) =>
      Array.from({ length: 1 + (n % 9) }, some).join(''),
    );
    const db = await openDatabase({ spillDir: join(tmpdir(), `spellings-${process.pid}`) });
    await db.run('CREATE TABLE texts (text VARCHAR)');
    await db.append(
      'texts',
      texts.map((text) => [text]),
    );
    const rows = await db.all(
      `SELECT text, ${foldSql('text')} AS folded, ${holdsPrivateSql('text')} AS held FROM texts ORDER BY rowid`,
    );
    await db.close();
    expect(rows).toEqual(
      texts.map((text) => ({ text, folded: foldText(text), held: holdsPrivateText(text) })),
    );
    expect(rows.filter(({ text, folded }) => text !== folded).length).toBeGreaterThan(1000);
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
