import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { type JsonObject, objectAt, stringAt } from '../../data-build/parse/json.ts';
import {
  type Episode,
  EPISODES,
  phaseOn,
  toGroundTruth,
  worldEpisodes,
} from '../../data-build/sample/episodes.ts';
import { formatFingerprints } from '../../data-build/sample/lists.ts';
import { measureDay } from '../../data-build/sample/ooni-run.ts';
import { SITES } from '../../data-build/sample/sites.ts';
import { COVERAGE_DIPS, createWorld, worldDays } from '../../data-build/sample/world.ts';
import { compileFingerprints, NO_FINGERPRINTS } from '../../data-build/score/fingerprints.ts';
import { scoreMeasurement } from '../../data-build/score/score.ts';
import type { Verdict } from '../../data-build/score/verdict.ts';
import { parseObject, showsInterference } from './support.ts';

const YEAR = createWorld('year');

/** Lines that an episode is about, by whether it was under way on their network. */
function targetLines(
  one: Episode,
  days: readonly Day[],
): { inside: JsonObject[]; outside: JsonObject[] } {
  const place = YEAR.places.find(({ cc }) => cc === one.cc);
  if (place === undefined) throw new Error(one.cc);
  const local = worldEpisodes(YEAR).filter(({ cc }) => cc === one.cc);
  const asns = place.networks
    .filter((_, index) => one.networks === null || one.networks.includes(index))
    .map(({ asn }) => `AS${asn}`);
  const inside: JsonObject[] = [];
  const outside: JsonObject[] = [];
  for (const day of days) {
    const now = phaseOn(one, day);
    for (const { test, line } of measureDay(place, day, local, 1)) {
      const isTest =
        one.target.kind === 'domain'
          ? test === 'web_connectivity' && line.includes(`//${one.target.domain}/"`)
          : test === one.target.test_name;
      if (!isTest) continue;
      const parsed = parseObject(line);
      const hit = now !== null && asns.includes(stringAt(parsed, 'probe_asn') ?? '');
      (hit ? inside : outside).push(parsed);
    }
  }
  return { inside, outside };
}

function rate(lines: readonly JsonObject[]): number {
  const verdicts = lines.map(showsInterference).filter((one) => one !== null);
  return verdicts.filter(Boolean).length / verdicts.length;
}

function score(line: JsonObject, fingerprints = NO_FINGERPRINTS): Verdict {
  const test_name = stringAt(line, 'test_name') ?? '';
  const context = { test_name, probe_cc: stringAt(line, 'probe_cc'), clockFault: null };
  return scoreMeasurement(line, context, fingerprints);
}

function toShown({ outcome }: Verdict): boolean | null {
  return outcome === 'failure' ? null : outcome === 'anomaly';
}

describe('scripted episodes', () => {
  it('are a dozen or more in the small sample, of different kinds', () => {
    const small = worldEpisodes(createWorld('small'));
    expect(small.length).toBeGreaterThanOrEqual(12);
    const methods = new Set(small.flatMap(({ phases }) => phases.map(({ method }) => method)));
    for (const method of [
      'dns',
      'tcp_ip',
      'tls',
      'http_failure',
      'http_diff',
      'app_endpoints',
      'tool_bootstrap',
    ]) {
      expect(methods).toContain(method);
    }
    expect(small.some(({ phases }) => phases.length > 1)).toBe(true);
    expect(small.some(({ networks }) => networks?.length === 1)).toBe(true);
    expect(small.some(({ phases }) => phases.at(-1)?.lastDay === null)).toBe(true);
    expect(
      small.some(({ phases }) => phases.some(({ strength }) => strength[1] < strength[0] / 2)),
    ).toBe(true);
    const overlaps = small.some(({ cc, phases }) =>
      COVERAGE_DIPS.some(
        (dip) =>
          dip.probe_cc === cc &&
          phases.some(
            ({ firstDay, lastDay }) => firstDay < dip.first_day && dip.last_day < (lastDay ?? '9'),
          ),
      ),
    );
    expect(overlaps).toBe(true);
  });

  it('have unique ids, known targets and phases without gaps', () => {
    expect(new Set(EPISODES.map(({ id }) => id)).size).toBe(EPISODES.length);
    for (const { target, phases } of EPISODES) {
      if (target.kind === 'domain')
        expect(SITES.map(({ domain }) => domain)).toContain(target.domain);
      phases.slice(1).forEach(({ firstDay }, index) => {
        const before = phases[index]?.lastDay;
        expect(before === null || before === undefined ? null : addDays(before, 1)).toBe(firstDay);
      });
    }
  });

  it('tell their dates, networks and methods as ground truth', () => {
    const truth = worldEpisodes(YEAR).map((one) => toGroundTruth(one, YEAR));
    const partial = truth.find(({ id }) => id === 'jp-video-one-network');
    expect(partial?.probe_asn).toHaveLength(1);
    expect(partial).toMatchObject({
      probe_cc: 'JP',
      test_name: 'web_connectivity',
      domain: 'video.example',
    });
    expect(truth.find(({ id }) => id === 'uy-news')?.phases.map(({ method }) => method)).toEqual([
      'tcp_ip',
      'tls',
    ]);
    expect(truth.find(({ id }) => id === 'mu-tor')?.last_day).toBeNull();
  });

  it.each(EPISODES.map((one) => [one.id, one] as const))('%s shows in the raw keys', (id, one) => {
    const days = worldDays(YEAR);
    const first = one.phases[0]?.firstDay ?? YEAR.firstDay;
    const last = one.phases.at(-1)?.lastDay ?? YEAR.lastDay;
    const near = days.filter((day) => day >= addDays(first, -40) && day <= addDays(last, 40));
    const { inside, outside } = targetLines(one, near);
    // Enough to be shown at all; a headline needs 30.
    expect(inside.length, `${id} inside`).toBeGreaterThanOrEqual(id.startsWith('ge-') ? 15 : 30);
    expect(rate(inside)).toBeGreaterThanOrEqual(id === 'bw-blog-fading' ? 0.4 : 0.7);
    expect(outside.length).toBeGreaterThan(20);
    expect(rate(outside)).toBeLessThanOrEqual(0.12);
    const scored = inside.map((line) => score(line));
    expect(scored.map(toShown)).toEqual(inside.map(showsInterference));
    expect(outside.map((line) => score(line)).map(toShown)).toEqual(outside.map(showsInterference));
    const methods = scored
      .map(({ blocking_method }) => blocking_method)
      .filter((one) => one !== null);
    const scripted = new Set(one.phases.map(({ method }) => method));
    const fitting = methods.filter((method) => scripted.has(method));
    expect(fitting.length / methods.length, `${id}: ${methods.join(' ')}`).toBeGreaterThan(0.85);
  });

  it('confirm one block page, in the country whose list of fingerprints knows it', () => {
    const fingerprints = compileFingerprints(formatFingerprints(), '');
    const one = EPISODES.find(({ id }) => id === 'si-forum');
    if (one === undefined) throw new Error('episode renamed');
    const { inside, outside } = targetLines(one, worldDays(YEAR).slice(-90));
    const confirmed = (lines: readonly JsonObject[]) =>
      lines.filter((line) => score(line, fingerprints).outcome === 'confirmed').length;
    expect(confirmed(inside) / inside.length).toBeGreaterThan(0.7);
    expect(confirmed(outside)).toBe(0);
  });

  it('fade and change their method as scripted', () => {
    const days = worldDays(YEAR);
    const fading = EPISODES.find(({ id }) => id === 'bw-blog-fading');
    const changing = EPISODES.find(({ id }) => id === 'uy-news');
    if (fading === undefined || changing === undefined) throw new Error('episode renamed');
    const { inside } = targetLines(fading, days);
    const dayOf = (line: JsonObject) =>
      (stringAt(line, 'measurement_start_time') ?? '').slice(0, 10);
    const early = inside.filter((line) => dayOf(line) < '2026-05-04');
    const late = inside.filter((line) => dayOf(line) > '2026-05-17');
    expect(rate(early)).toBeGreaterThan(rate(late) + 0.25);
    const { inside: news } = targetLines(changing, days);
    const blocking = (since: string, until: string) =>
      news
        .filter(
          (line) => since <= dayOf(line) && dayOf(line) < until && showsInterference(line) === true,
        )
        .map((line) => objectAt(line, 'test_keys')['blocking']);
    const share = (list: readonly unknown[], value: string) =>
      list.filter((one) => one === value).length / list.length;
    expect(share(blocking('2026-05-04', '2026-05-18'), 'tcp_ip')).toBeGreaterThan(0.9);
    expect(share(blocking('2026-05-18', '2026-06-15'), 'http-failure')).toBeGreaterThan(0.9);
  });
});
