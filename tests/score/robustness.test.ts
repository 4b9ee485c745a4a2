/**
 * Anything that JSON can hold gets a verdict: no throw, no hang, nothing of the line's own text in what is
 * published. Lines are mutated by structure, from a fixed seed.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES, ruleById } from '../../data-build/contract/rules.ts';
import {
  type JsonObject,
  type JsonValue,
  isJsonObject,
  isJsonValue,
  objectAt,
  stringAt,
} from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { compileFingerprints } from '../../data-build/score/fingerprints.ts';
import { SCORED_TESTS, scoreMeasurement } from '../../data-build/score/score.ts';
import type { Verdict } from '../../data-build/score/verdict.ts';
import { sharedData } from '../support/shared-data.ts';
import { DNS_CSV, HTTP_CSV } from './fingerprint-lists.ts';

const MUTATIONS = 20_000;
const SEED = 20_241_107;
/** Planted in every mutated text; must never come out. */
const CANARY = 'canary@198.51.100.77';
const FINGERPRINTS = compileFingerprints(HTTP_CSV, DNS_CSV);
const TEST_NAMES = [...SCORED_TESTS, 'riseupvpn', 'dnscheck'];
const DETAIL = /^[\w.:=/,-]+$/;

/** Pseudo-random numbers below `bound`, the same on every machine (mulberry32). */
function createRandom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const HOSTILE = [
  'null',
  'true',
  'false',
  '0',
  '1',
  '-0',
  '1e308',
  '-5',
  '""',
  `"${CANARY}"`,
  `"unknown_failure: ${CANARY}"`,
  '"blocked"',
  '"ok"',
  '"dns"',
  '"http-failure"',
  '"eof_error"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '[{}]',
  '{"a":null}',
  '{"__proto__":{"success":true}}',
  '{"constructor":1,"toString":2,"hasOwnProperty":3}',
  `{"format":"base64","data":"${CANARY}"}`,
  '{"format":"base64","data":"QUJDRA=="}',
  '{"status":{"success":false,"failure":"connection_reset"}}',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
];

/** Replaces, removes, wraps or doubles one value somewhere in the JSON text of a line. */
function mutate(value: JsonValue | undefined, random: (bound: number) => number): JsonValue {
  const hostile = () => parseJson(HOSTILE[random(HOSTILE.length)] ?? 'null') ?? null;
  const isList = Array.isArray(value);
  if (!isList && !isJsonObject(value)) return random(4) === 0 ? [value ?? null] : hostile();
  const keys = Object.keys(value);
  const choice = random(12);
  if (keys.length === 0 || choice === 0) return hostile();
  const key = keys[random(keys.length)] ?? '';
  const entries: [string, JsonValue | undefined][] = Object.entries(value);
  const changed = entries.flatMap(([name, child]): [string, JsonValue | undefined][] => {
    if (name !== key) return [[name, child]];
    if (choice === 1) return [];
    if (choice === 2) return [[name, hostile()]];
    if (choice === 3)
      return [
        [name, child],
        [`${name}_failure`, hostile()],
      ];
    return [[name, mutate(child, random)]];
  });
  return isList ? changed.map(([, child]) => child ?? null) : Object.fromEntries(changed);
}

function readRealLines(): JsonObject[] {
  const folder = sharedData('oracle', 'ooni');
  if (folder === null) return [];
  return ['real', 'synthetic-qa'].flatMap((name) =>
    gunzipSync(readFileSync(path.join(folder, `${name}.jsonl.gz`)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '' && line.length < 30_000)
      .map((line) => parseJson(line))
      .filter((line) => isJsonObject(line)),
  );
}

function readHandWrittenLines(): JsonObject[] {
  const folder = path.join(import.meta.dirname, 'cases');
  return readdirSync(folder).flatMap((file) => {
    const cases = parseJson(readFileSync(path.join(folder, file), 'utf8'));
    if (!Array.isArray(cases)) return [];
    const family = file.replace('.json', '').replaceAll('-', '_');
    return cases
      .filter(isJsonValue)
      .filter((item) => isJsonObject(item))
      .map((item) => ({
        test_name: stringAt(item, 'test_name') ?? family,
        ...objectAt(item, 'raw'),
      }));
  });
}

function score(raw: JsonObject, testName: string): Verdict {
  return scoreMeasurement(raw, { testName, probeCc: 'AA', clockFault: null }, FINGERPRINTS);
}

function expectSound(verdict: Verdict) {
  const [deciding] = verdict.ruleIds;
  const rule = ruleById(deciding);
  expect(rule?.outcome).toBe(verdict.outcome);
  for (const id of verdict.ruleIds) expect(ruleById(id), id).not.toBeNull();
  expect(new Set(verdict.ruleIds).size).toBe(verdict.ruleIds.length);
  const shows = verdict.outcome === 'anomaly' || verdict.outcome === 'confirmed';
  expect(verdict.blockingMethod).toBe(shows ? (rule?.method ?? 'other') : null);
  if (verdict.confirmedInCountry) expect(verdict.outcome).toBe('confirmed');
  if (verdict.blockingDetail !== null) expect(verdict.blockingDetail).toMatch(DETAIL);
  for (const number of Object.values(verdict.performance))
    expect(number === null || (Number.isFinite(number) && number > 0)).toBe(true);
}

describe('robustness', () => {
  it(
    `survives ${MUTATIONS} mutated lines and repeats nothing of them`,
    { timeout: 120_000 },
    () => {
      const lines = [...readRealLines(), ...readHandWrittenLines()];
      const random = createRandom(SEED);
      for (let count = 0; count < MUTATIONS; count += 1) {
        const line = lines[count % lines.length];
        if (line === undefined) throw new Error('No lines to mutate.');
        let changed: JsonValue = line;
        for (let times = random(3); times >= 0; times -= 1) {
          const next = mutate(changed, random);
          if (isJsonObject(next)) changed = next;
        }
        if (!isJsonObject(changed)) continue;
        const testName =
          random(20) === 0
            ? (TEST_NAMES[random(TEST_NAMES.length)] ?? '')
            : (stringAt(changed, 'test_name') ?? '');
        const verdict = score(changed, testName);
        expectSound(verdict);
        expect(JSON.stringify(verdict)).not.toMatch(/canary|198\.51/);
      }
    },
  );

  it('gives any JSON object a verdict, whatever the test', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEST_NAMES),
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 }),
        fc.jsonValue(),
        (testName, extra, testKeys) => {
          const raw = parseJson(JSON.stringify({ ...extra, test_keys: testKeys }));
          if (isJsonObject(raw)) expectSound(score(raw, testName));
        },
      ),
      { numRuns: 1500, seed: SEED },
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
      for (const testName of TEST_NAMES)
        expectSound(score({ input: 'x', test_keys: keys }, testName));
    }
    const odd = parseJson(
      '{"__proto__":{"test_keys":{"blocking":"dns"}},"test_keys":{"__proto__":{"blocking":"dns"},"constructor":null}}',
    );
    expect(isJsonObject(odd) && score(odd, 'web_connectivity').outcome).toBe('failure');
    for (const testName of ['__proto__', 'constructor', 'toString', ''])
      expect(score({}, testName).ruleIds).toEqual(['unscored.no_rule']);
  });

  it('emits only ids that are rules', () => {
    expect(RULES.length).toBeGreaterThan(0);
    for (const testName of TEST_NAMES) expectSound(score({}, testName));
  });
});
