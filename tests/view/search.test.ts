import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TYPED_NAMES } from '../../site/view/search/place-names.ts';
import { readSearchFile, toEntries } from '../../site/view/search/file.ts';
import { day } from '../support/days.ts';
import { editDistance, normalizeText } from '../../site/view/search/letters.ts';
import { findEntries, guessKind, shardOf, shardsOf } from '../../site/view/search/search.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  CI: ['Côte d’Ivoire'],
  IR: ['Irán', 'Iran'],
  KE: ['Kenia', 'Kenya'],
  NE: ['Níger', 'Niger'],
  NG: ['Nigeria'],
  GB: ['Vereinigtes Königreich', 'United Kingdom'],
  UA: ['Ukraine'],
  // Names that people type for these are in no language of the reader.
  ...Object.fromEntries(['AE', 'CD', 'CZ', 'MM', 'TR'].map((code) => [code, [`Ort ${code}`]])),
};
const entries = toEntries(
  {
    places: Object.keys(NAMES).map((code) => [code, ...(TYPED_NAMES[code] ?? [])]),
    untested: [['US', 'USA']],
    themes: [['news', 'News media']],
    findings: [['telegram-in-kenya', 'Telegram in Kenya, told by a person']],
    tests: [
      ['telegram', 'Telegram'],
      ['whatsapp', 'WhatsApp'],
      ['web_connectivity', 'Websites'],
    ],
    networks: [
      [12880, 'Iran Information Technology Company', 'IR'],
      [33771, 'Safaricom Limited', 'KE'],
      [128, '', 'US'],
    ],
    domains: ['example.org', 'telegram.org', 'kenyatimes.example', 'сайт-проверка.рф'],
    events: [
      ['event/x/', 'Telegram in Kenya: signs of interference began, 7 November 2024'],
      ['event/y/', 'Telegram in Kenya on AS33771: signs of interference began, 7 November 2024'],
    ],
    shards: [],
    days: [],
  },
  (code) => NAMES[code] ?? [code],
);
const calendar = { since: day('2023-03-01'), until: day('2024-12-15'), languages: ['fr', 'en'] };
const find = (text: string) => findEntries(entries, text, 5, calendar).map(({ label }) => label);

describe('finding', () => {
  it.each([
    ['ke', 'Kenia'],
    ['kenya', 'Kenia'],
    ['KENIA', 'Kenia'],
    ['cote', 'Côte d’Ivoire'],
    ['d’ivoire', 'Côte d’Ivoire'],
    ['AS12880', 'AS12880 Iran Information Technology Company'],
    ['12880', 'AS12880 Iran Information Technology Company'],
    ['as 128', 'AS128'],
    ['safaric', 'AS33771 Safaricom Limited'],
    ['example.org', 'example.org'],
    ['telegram', 'Telegram'],
    ['news media', 'News media'],
    ['niger', 'Níger'],
    ['UK', 'Vereinigtes Königreich'],
    ['Great Britain', 'Vereinigtes Königreich'],
    ['england', 'Vereinigtes Königreich'],
    ['UAE', 'Ort AE'],
    ['drc', 'Ort CD'],
    ['Czech Republic', 'Ort CZ'],
    ['Burma', 'Ort MM'],
    ['turkey', 'Ort TR'],
    ['Ivory Coast', 'Côte d’Ivoire'],
    ['https://www.Example.org:443/a?b', 'example.org'],
    ['www.example.org', 'example.org'],
    ['http://xn----7sbbhpvk3aikddp.xn--p1ai/', 'сайт-проверка.рф'],
    ['сайт-проверка', 'сайт-проверка.рф'],
    ['telegram kenya', 'Telegram · Kenia'],
    ['Kenya telegram', 'Telegram · Kenia'],
    ['kenya telegram november', 'Telegram · Kenia · November 2024'],
    ['kenyatimes iran', 'kenyatimes.example · Irán'],
    ['ukraine example.org november', 'example.org · Ukraine · November 2024'],
    ['safaricom whatsapp november', 'WhatsApp · AS33771 Safaricom Limited · Kenia · November 2024'],
    ['whatsapp juin 2024 kenya', 'WhatsApp · Kenia · June 2024'],
    ['Kenya janvier', 'Kenia · January 2024'],
    ['kenya december 2023', 'Kenia · December 2023'],
    ['kenya 2024-11-07', 'Kenia · 7 November 2024'],
    ['7 november 2024 telegram kenya', 'Telegram · Kenia · 7 November 2024'],
    [
      'AS33771 2023',
      expect.stringMatching(/^AS33771 Safaricom Limited · Kenia · 1 January.+31 December 2023$/),
    ],
    // Slips in several words.
    ['safarcom whatsap novembr', 'WhatsApp · AS33771 Safaricom Limited · Kenia · November 2024'],
    ['knya telgram', 'Telegram · Kenia'],
  ])('%s first finds %s', (text, label) => {
    expect(find(text)[0]).toEqual(label);
  });

  it.each([
    ['kenya ۱۷ آبان ۱۴۰۳', ['2024-11-07', '2024-11-08']],
    ['kenya آبان 1403', ['2024-10-22', '2024-11-21']],
    ['دی kenya', ['2023-12-22', '2024-01-21']],
    ['kenya 1402', ['2023-03-21', '2024-03-20']],
    // The data begin within it.
    ['kenya 1401', ['2023-03-01', '2023-03-21']],
    ['kenya 2023', ['2023-01-01', '2024-01-01']],
  ])('%s, in Persian, finds these days', (text, [since, until]) => {
    const own = { ...calendar, languages: ['fa', 'en'] };
    expect(findEntries(entries, text, 1, own)[0]?.key).toBe(`since=${since}&until=${until}`);
  });

  it('takes a year of another calendar for no days where the reader’s languages have none', () => {
    const found = findEntries(entries, 'kenya 1402', 5, calendar);
    expect(found.filter(({ kind }) => kind === 'part')).toEqual([]);
  });

  it.each([
    ['knya', 'Kenia'],
    ['telgram', 'Telegram'],
    ['safarcom', 'AS33771 Safaricom Limited'],
    ['exmaple.org', 'example.org'],
  ])('%s is forgiven: %s', (text, label) => {
    expect(find(text)).toContain(label);
  });

  it('leads to the country page at that network, that test and those days', () => {
    expect(findEntries(entries, 'kenyatimes iran november', 1, calendar)[0]?.path).toBe(
      'explore/?probe_cc=IR&domain=kenyatimes.example&since=2024-11-01&until=2024-12-01',
    );
    expect(findEntries(entries, 'safaricom whatsapp november', 1, calendar)[0]?.path).toBe(
      'country/KE/?probe_asn=33771&test_name=whatsapp&since=2024-11-01&until=2024-12-01',
    );
  });

  it('takes days outside of the release for no days', () => {
    expect(find('kenya 2019')).toEqual([]);
    expect(find('kenya 2024-13-45')).toEqual([]);
  });

  it('still finds events by their days', () => {
    expect(find('kenya telegram november')).toContain(
      'Telegram in Kenya: signs of interference began, 7 November 2024',
    );
  });

  it('names the thing itself before sentences that hold its name, also with a slip', () => {
    expect(find('kenya')[0]).toBe('Kenia');
    expect(find('kemya')[0]).toBe('Kenia');
    expect(find('telegrm')[0]).toBe('Telegram');
  });

  it('takes no number for another', () => {
    expect(find('AS12881')).toEqual([]);
    expect(find('33772')).toEqual([]);
  });

  it('finds every entry by each of its texts', () => {
    for (const entry of entries) {
      for (const text of entry.texts) expect(findEntries(entries, text, 9)).toContain(entry);
    }
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(findEntries(entries, text, 3).length).toBeLessThanOrEqual(3);
        expect(['network', 'domain', null]).toContain(guessKind(text));
      }),
    );
  });
});

it('distance is that of the whole words, and the same both ways', () => {
  const word = fc.stringMatching(/^[abc]{0,6}$/);
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b, 99)).toBe(editDistance(b, a, 99));
      expect(editDistance(a, b, 99) === 0).toBe(a === b);
      expect(editDistance(a, b, 2)).toBe(Math.min(2, editDistance(a, b, 99)));
    }),
  );
  expect(editDistance('ab', 'ba', 9)).toBe(1);
});

it('puts an entry into the part that each of its words asks for', () => {
  expect(shardsOf({ texts: ['12880', 'Österreich Telekom'] })).toEqual(['1', 'o', 't']);
  expect(shardOf('پ')).toBe('other');
  expect(normalizeText('Côte d’Ivoire')).toBe('cote d ivoire');
});

it('believes nothing of what a server gave', () => {
  expect(
    readSearchFile({
      places: [['KE', 'KEN'], 7, ['NG', 7]],
      networks: [
        [1, 'a', 'KE'],
        [2, 'b'],
        ['x', 'y', 'KE'],
      ],
      domains: 'no',
    }),
  ).toEqual({
    places: [['KE', 'KEN']],
    untested: [],
    themes: [],
    findings: [],
    tests: [],
    networks: [[1, 'a', 'KE']],
    domains: [],
    events: [],
    shards: [],
    days: [],
  });
  expect(readSearchFile(null).places).toEqual([]);
  // One name with half a character would end every search.
  expect(readSearchFile({ domains: ['a\uD83D', 'example.org'] }).domains).toEqual(['example.org']);
});

it('tells what an unknown text looks like', () => {
  expect(['AS12', 'x.org', 'https://x.org/', 'x'].map(guessKind)).toEqual([
    'network',
    'domain',
    'domain',
    null,
  ]);
});
