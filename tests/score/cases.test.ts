/** Hand-written cases for every rule: what is seen, and what must be said of it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES, ruleById } from '../../data-build/contract/rules.ts';
import { type JsonObject, isJsonObject, objectAt, stringAt } from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { compileFingerprints } from '../../data-build/score/fingerprints.ts';
import { isJsonArray } from '../../data-build/score/python-values.ts';
import { NO_PERFORMANCE } from '../../data-build/score/test-score.ts';
import { type ScoringContext, scoreMeasurement } from '../../data-build/score/score.ts';
import { DNS_CSV, HTTP_CSV } from './fingerprint-lists.ts';

const FOLDER = path.join(import.meta.dirname, 'cases');
const FINGERPRINTS = compileFingerprints(HTTP_CSV, DNS_CSV);

interface Case {
  readonly title: string;
  readonly expected: JsonObject;
  readonly test_name: string;
}

function readCases(): Case[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const list = parseJson(readFileSync(path.join(FOLDER, file), 'utf8'));
    if (!isJsonArray(list)) throw new Error(`${file} holds no list of cases.`);
    const family = file.replace('.json', '').replaceAll('-', '_');
    return list
      .filter((item) => isJsonObject(item))
      .map((expected) => {
        const test_name = stringAt(expected, 'test_name') ?? family;
        return { title: `${test_name}: ${stringAt(expected, 'about') ?? ''}`, expected, test_name };
      });
  });
}

const CASES = readCases();

function clockFaultOf(expected: JsonObject): ScoringContext['clockFault'] {
  const fault = stringAt(expected, 'clock_fault');
  return fault === 'too_old' || fault === 'from_future' ? fault : null;
}

function score({ expected, test_name }: Case) {
  return scoreMeasurement(
    { test_name: test_name, ...objectAt(expected, 'raw') },
    {
      test_name,
      probe_cc: stringAt(expected, 'probe_cc') ?? 'QQ',
      clockFault: clockFaultOf(expected),
    },
    FINGERPRINTS,
  );
}

describe('cases', () => {
  it.each(CASES)('$title', (item) => {
    const { expected } = item;
    const verdict = score(item);
    const rule = stringAt(expected, 'rule') ?? '';
    const flags = stringAt(expected, 'flags') ?? '';
    expect(verdict).toEqual({
      flags: {
        anomaly: flags.includes('A'),
        confirmed: flags.includes('C'),
        failure: flags.includes('F'),
        blockingType: stringAt(expected, 'blocking_type') ?? '',
      },
      outcome: ruleById(rule)?.outcome,
      ruleIds: [rule, ...(Array.isArray(expected['also']) ? expected['also'] : [])],
      blocking_method: stringAt(expected, 'method'),
      blocking_detail: stringAt(expected, 'detail'),
      failure_class: stringAt(expected, 'failure_class'),
      confirmed_in_country: expected['confirmed_in_country'] === true,
      performance: { ...NO_PERFORMANCE, ...objectAt(expected, 'performance') },
    });
  });

  it('meet every rule that a measurement can meet', () => {
    const met = new Set(CASES.map((item) => score(item).ruleIds[0]));
    const stored = RULES.map((rule) => rule.id).filter((id) => id.startsWith('fastpath.'));
    expect([...met, ...stored].sort()).toEqual(RULES.map((rule) => rule.id).sort());
  });
});
