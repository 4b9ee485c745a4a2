/** Lines changed by their structure, from a fixed seed: what a broken or hostile probe could send. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  isJsonObject,
  isJsonValue,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { sharedData } from './shared-data.ts';

/** Planted in every mutated text; must never come out. */
export const CANARY = 'canary@198.51.100.77';
export const MUTATION_SEED = 20_241_107;

export type Random = (bound: number) => number;

/** Pseudo-random numbers below `bound`, the same on every machine (mulberry32). */
export function createRandom(seed: number): Random {
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
  '"2037-01-01 00:00:00"',
  '"\\ud800\\u0000\\u202e"',
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

/** Replaces, removes, wraps or doubles one value somewhere in the JSON of a line. */
function mutateValue(value: JsonValue | undefined, random: Random): JsonValue {
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
    return [[name, mutateValue(child, random)]];
  });
  return isList ? changed.map(([, child]) => child ?? null) : Object.fromEntries(changed);
}

/** One to three changes; what is left is still an object. */
export function mutateLine(line: JsonObject, random: Random): JsonObject {
  let changed = line;
  for (let times = random(3); times >= 0; times -= 1) {
    const next = mutateValue(changed, random);
    if (isJsonObject(next)) changed = next;
  }
  return changed;
}

/** Real lines of every test, and hand-written ones; on machines without ../shared/data the latter alone. */
export function readLinesToMutate(longest: number): readonly JsonObject[] {
  return [...readRealLines(longest), ...readHandWrittenLines()];
}

function readRealLines(longest: number): JsonObject[] {
  const folder = sharedData('oracle', 'ooni');
  if (folder === null) return [];
  return ['real', 'synthetic-qa'].flatMap((name) =>
    gunzipSync(readFileSync(path.join(folder, `${name}.jsonl.gz`)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '' && line.length < longest)
      .map((line) => parseJson(line))
      .filter((line) => isJsonObject(line)),
  );
}

function readHandWrittenLines(): JsonObject[] {
  const folder = path.join(import.meta.dirname, '../score/cases');
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
