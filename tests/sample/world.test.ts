import { describe, expect, it } from 'vitest';
import { createRng } from '../../data-build/sample/rng.ts';
import { SITES } from '../../data-build/sample/sites.ts';
import {
  createWorld,
  isScored,
  meanRuns,
  SAMPLE_SIZES,
  sampleDay,
  worldDays,
} from '../../data-build/sample/world.ts';

describe('sample world', () => {
  it.each(SAMPLE_SIZES)(
    '%s has enough places and networks, none of them a real operator',
    (size) => {
      const { places } = createWorld(size);
      expect(places.length).toBeGreaterThanOrEqual(isScored(size) ? 190 : 40);
      const asns = places.flatMap(({ networks }) => networks.map(({ asn }) => asn));
      expect(new Set(asns).size).toBe(asns.length);
      for (const asn of asns) {
        const isShort = (asn >= 64496 && asn <= 65534) || (asn >= 65536 && asn <= 65551);
        expect(isShort || (isScored(size) && asn >= 4_200_000_000 && asn <= 4_294_967_294)).toBe(
          true,
        );
      }
      for (const { networks } of places) {
        expect(networks.length).toBeGreaterThanOrEqual(2);
        expect(networks.length).toBeLessThanOrEqual(isScored(size) ? 250 : 6);
        for (const { name } of networks) expect(name).toMatch(/\(synthetic\)$/);
      }
    },
  );

  it('covers 90 days, a year or ten that end on the same day whatever the clock says', () => {
    const days = SAMPLE_SIZES.map((size) => worldDays(createWorld(size)));
    expect(days.map((one) => one.length)).toEqual([90, 365, 365, 3652]);
    expect(new Set(days.map((one) => one.at(-1)))).toEqual(new Set(['2026-06-30']));
  });

  it('begins the networks of a country the same in every size', () => {
    const [small, world] = [createWorld('small'), createWorld('world')];
    for (const place of small.places) {
      const own = world.places.find(({ cc }) => cc === place.cc)?.networks ?? [];
      expect(own.slice(0, place.networks.length)).toEqual(place.networks);
    }
  });

  it('has busy, light, nearly untested, gappy and unmeasured places, and quieter weekends', () => {
    const world = createWorld('small');
    const runs = (cc: string, day: string) => {
      const place = world.places.find((one) => one.cc === cc);
      return place === undefined ? Number.NaN : meanRuns(place, sampleDay(day));
    };
    expect(runs('NZ', '2026-06-16')).toBeGreaterThan(10 * runs('NO', '2026-06-16'));
    expect(runs('AD', '2026-06-16')).toBe(0);
    expect(runs('TV', '2026-06-16')).toBeLessThan(0.1);
    expect(runs('NZ', '2026-06-14') / runs('NZ', '2026-06-15')).toBeLessThan(0.75);
    const mongolia = worldDays(world).map((day) => runs('MN', day));
    expect(mongolia.filter((mean) => mean === 0).length).toBeGreaterThan(10);
    expect(mongolia.filter((mean) => mean > 0).length).toBeGreaterThan(30);
  });

  it('names only reserved domains', () => {
    for (const { domain, input } of SITES) {
      expect(domain).toMatch(/(\.example|\.test|^example\.(org|com))$/);
      expect(new URL(input).hostname).toBe(domain);
    }
    expect(new Set(SITES.map(({ domain }) => domain)).size).toBe(SITES.length);
  });
});

describe('seeded chance', () => {
  it('repeats itself for the same keys and for no others', () => {
    const draw = (...keys: (string | number)[]) => createRng(...keys).text(12);
    expect(draw(1, 'a')).toBe(draw(1, 'a'));
    expect(new Set([draw(1, 'a'), draw(2, 'a'), draw(1, 'b'), draw('a', 1)]).size).toBe(4);
  });

  it('keeps to its means', () => {
    const rng = createRng('means');
    const mean = (next: () => number) =>
      Array.from({ length: 20_000 }, next).reduce((sum, one) => sum + one, 0) / 20_000;
    expect(mean(() => rng.unit())).toBeCloseTo(0.5, 1);
    expect(Math.abs(mean(() => rng.poisson(7)) - 7)).toBeLessThan(0.1);
    expect(
      mean(() =>
        rng.weighted([
          [0, 3],
          [1, 1],
        ]),
      ),
    ).toBeCloseTo(0.25, 1);
    expect(mean(() => (rng.chance(0.1) ? 1 : 0))).toBeCloseTo(0.1, 1);
    expect(new Set(rng.draw(SITES, 9)).size).toBe(9);
  });
});
