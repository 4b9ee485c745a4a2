/**
 * Anything that JSON can hold gets a verdict: no throw, no hang, nothing of the line's own text in what is
 * published. Lines are mutated by structure, from a fixed seed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES, ruleById } from '../../data-build/contract/rules.ts';
import { type JsonObject, isJsonObject, stringAt } from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { compileFingerprints } from '../../data-build/score/fingerprints.ts';
import { SCORED_TESTS, scoreMeasurement } from '../../data-build/score/score.ts';
import type { Verdict } from '../../data-build/score/verdict.ts';
import { isLong } from '../support/long.ts';
import { createRandom, MUTATION_SEED, mutateLine, readLinesToMutate } from '../support/mutation.ts';
import { DNS_CSV, HTTP_CSV } from './fingerprint-lists.ts';

const MUTATIONS = isLong ? 200_000 : 10_000;
const FINGERPRINTS = compileFingerprints(HTTP_CSV, DNS_CSV);
const TEST_NAMES = [...SCORED_TESTS, 'riseupvpn', 'dnscheck'];
const DETAIL = /^[\w.:=/,-]+$/;

function score(raw: JsonObject, test_name: string): Verdict {
  return scoreMeasurement(raw, { test_name, probe_cc: 'AA', clockFault: null }, FINGERPRINTS);
}

function expectSound(verdict: Verdict) {
  const [deciding] = verdict.ruleIds;
  const rule = ruleById(deciding);
  expect(rule?.outcome).toBe(verdict.outcome);
  for (const id of verdict.ruleIds) expect(ruleById(id), id).not.toBeNull();
  expect(new Set(verdict.ruleIds).size).toBe(verdict.ruleIds.length);
  const shows = verdict.outcome === 'anomaly' || verdict.outcome === 'confirmed';
  expect(verdict.blocking_method).toBe(shows ? (rule?.method ?? 'other') : null);
  if (verdict.confirmed_in_country) expect(verdict.outcome).toBe('confirmed');
  if (verdict.blocking_detail !== null) expect(verdict.blocking_detail).toMatch(DETAIL);
  for (const number of Object.values(verdict.performance))
    expect(number === null || (Number.isFinite(number) && number > 0)).toBe(true);
}

describe('robustness', () => {
  it(`survives ${MUTATIONS} mutated lines and repeats nothing of them`, () => {
    const lines = readLinesToMutate(30_000);
    const random = createRandom(MUTATION_SEED);
    for (let count = 0; count < MUTATIONS; count += 1) {
      const line = lines[count % lines.length];
      if (line === undefined) throw new Error('No lines to mutate.');
      const changed = mutateLine(line, random);
      const test_name =
        random(20) === 0
          ? (TEST_NAMES[random(TEST_NAMES.length)] ?? '')
          : (stringAt(changed, 'test_name') ?? '');
      const verdict = score(changed, test_name);
      expectSound(verdict);
      expect(JSON.stringify(verdict)).not.toMatch(/canary|198\.51/);
    }
  });

  it('gives any JSON object a verdict, whatever the test', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEST_NAMES),
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 }),
        fc.jsonValue(),
        (test_name, extra, testKeys) => {
          const raw = parseJson(JSON.stringify({ ...extra, test_keys: testKeys }));
          if (isJsonObject(raw)) expectSound(score(raw, test_name));
        },
      ),
      { numRuns: 1500, seed: MUTATION_SEED },
    );
  });

  it('is not exhausted by depth, length or odd names', () => {
    const deep = `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`;
    const long = `[${'{},'.repeat(999_999)}{}]`;
    const fields = [
      'requests',
      'tcp_connect',
      'queries',
      'targets',
      'sent',
      'received',
      'blocking',
      'failure',
      'tor_logs',
      'connection',
      'success',
    ];
    for (const value of [deep, long]) {
      const parsed = parseJson(value) ?? null;
      const keys = Object.fromEntries(fields.map((field) => [field, parsed]));
      for (const test_name of TEST_NAMES)
        expectSound(score({ input: 'x', test_keys: keys }, test_name));
    }
    const odd = parseJson(
      '{"__proto__":{"test_keys":{"blocking":"dns"}},"test_keys":{"__proto__":{"blocking":"dns"},"constructor":null}}',
    );
    expect(isJsonObject(odd) && score(odd, 'web_connectivity').outcome).toBe('failure');
    for (const test_name of ['__proto__', 'constructor', 'toString', ''])
      expect(score({}, test_name).ruleIds).toEqual(['unscored.no_rule']);
  });

  it('emits only ids that are rules', () => {
    expect(RULES.length).toBeGreaterThan(0);
    for (const test_name of TEST_NAMES) expectSound(score({}, test_name));
  });
});
