import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import { parsePermalink, targetPath } from '../../site/state/permalink.ts';
import { day } from '../support/days.ts';

const RELEASE = '2024-11-29-1a2b3c4d';

it.each([
  [`https://x.example/country/KE/?release=${RELEASE}#rate`, { kind: 'country', probeCc: 'KE' }],
  [`/some/where/network/AS33771/?release=${RELEASE}`, { kind: 'network', asn: 33771 }],
  [`domain/example.org/?release=${RELEASE}`, { kind: 'domain', domain: 'example.org' }],
  [`https://x.example/test/telegram/?release=${RELEASE}`, { kind: 'test', testName: 'telegram' }],
  [
    `https://x.example/event/6e2cde000efe/?release=${RELEASE}`,
    { kind: 'event', eventId: '6e2cde000efe' },
  ],
  [`https://x.example/explore/?measure=tests&release=${RELEASE}`, { kind: 'explore' }],
  [
    `https://x.example/embed/at/${RELEASE}/country/KE/outcomes/`,
    { kind: 'country', probeCc: 'KE' },
  ],
])('reads %s', (link, page) => {
  expect(parsePermalink(link)).toMatchObject({ page, release: RELEASE });
});

const KE = { kind: 'country', probeCc: 'KE' };

it.each([
  ['/country/KE/?since=2024-11-01#throughput', KE, 'throughput', null, null],
  ['/country/KE/#notes=outcomes&note=2024-11-07,500,250,Vote', KE, 'outcomes', null, null],
  [
    '/country/KE/#event-ke-telegram-2024-11-07',
    { kind: 'event', eventId: 'ke-telegram-2024-11-07' },
    'event-ke-telegram-2024-11-07',
    null,
    null,
  ],
  [
    `/theme/news/?release=${RELEASE}#websites-matrix`,
    { kind: 'theme', slug: 'news' },
    'websites-matrix',
    RELEASE,
    null,
  ],
  ['https://x.example/embed/country/KE/outcomes/', KE, 'outcomes', null, null],
  [
    'https://x.example/a/embed/country/KE/outcomes/0123456789/?theme=dark',
    KE,
    'outcomes',
    null,
    'embed/country/KE/outcomes/0123456789/',
  ],
  [
    '/embed/fa/country/KE/outcomes/0123456789.png',
    KE,
    'outcomes',
    null,
    'embed/fa/country/KE/outcomes/0123456789/',
  ],
  ['/embed/country/KE/outcomes.csv', KE, 'outcomes', null, null],
  ['/embed/theme/news/websites-map/', { kind: 'theme', slug: 'news' }, 'websites-map', null, null],
  ['/embed/world-throughput/', { kind: 'home' }, 'world-throughput', null, null],
  [`country/KE/outcomes@${RELEASE}`, KE, 'outcomes', RELEASE, null],
  [
    `fa/country/KE/tool-use-tor-bridge-users@${RELEASE}`,
    KE,
    'tool-use-tor-bridge-users',
    RELEASE,
    null,
  ],
  [`world@${RELEASE}`, { kind: 'home' }, 'world', RELEASE, null],
])('finds chart, release and frame of %s', (link, page, chart, release, frame) => {
  expect(parsePermalink(link)).toMatchObject({ page, chart, release, frame });
});

it('keeps the filters of the view that is printed on a picture', () => {
  expect(parsePermalink(`country/KE/outcomes?since=2024-11-07@${RELEASE}`)).toMatchObject({
    page: KE,
    chart: 'outcomes',
    state: { since: '2024-11-07' },
    release: RELEASE,
  });
});

it.each([
  ['https://x.example', '/'],
  ['https://x.example/', '/'],
  ['https://x.example/fa/?release=x', '/'],
  ['https://x.example/atlas/index.html', '/atlas/'],
  ['https://other.example/mirror/#world', '/atlas/'],
])('%s is the front page of a site at %s', (link, base) => {
  expect(parsePermalink(link, base)?.page).toEqual({ kind: 'home' });
});

it('keeps the state of the link, and no release where it names none or a false one', () => {
  expect(parsePermalink('/country/KE/?since=2024-11-01&test_name=telegram')).toMatchObject({
    release: null,
    state: { since: '2024-11-01', test_name: ['telegram'] },
  });
  expect(parsePermalink('/country/KE/?release=../../x')?.release).toBeNull();
});

it.each(['', '/methods/', '/countries/', '/theme/nothing/', '/country/KENYA/', '/event/../', '%'])(
  'has no page for %j',
  (link) => {
    expect(parsePermalink(link)).toBeNull();
  },
);

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (tail) => {
      parsePermalink(`/country/${tail}`);
      parsePermalink(tail);
    }),
  );
});

it.each([
  ['telegram', null, { page: { kind: 'country' }, state: { test_name: ['telegram'] } }],
  [null, null, { page: { kind: 'country' }, state: { test_name: [] } }],
  [
    null,
    'example.org',
    { page: { kind: 'explore' }, state: { probe_cc: ['KE'], domain: ['example.org'] } },
  ],
])('a sentence of %s %s links to its place, days and release', (testName, domain, link) => {
  const probeCc = toCountryCode('KE') ?? expect.fail('KE is a code.');
  const days = { since: day('2024-11-07'), until: day('2024-11-30') };
  const parsed = parsePermalink(`/fa/${targetPath({ probeCc, testName, domain }, days, RELEASE)}`);
  expect(parsed).toMatchObject({ ...link, release: RELEASE });
  expect(parsed?.state).toMatchObject(days);
});
