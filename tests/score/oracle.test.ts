/**
 * The publisher's own scorer, run over real lines, against ours: flag for flag. The lines and its answers
 * lie in ../shared/data; they are not copied here.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { publishableName } from '../../data-build/score/fingerprint.ts';
import { compileFingerprints } from '../../data-build/score/fingerprints.ts';
import { scoreMeasurement } from '../../data-build/score/score.ts';
import {
  arrayAt,
  isJsonObject,
  objectAt,
  stringAt,
  type JsonObject,
} from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

function parseLines(text: string): JsonObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value = parseJson(line);
      if (!isJsonObject(value)) throw new Error('The oracle has a line that is no object.');
      return value;
    });
}

function readFingerprints() {
  const folder = sharedData('ooni-lists', 'fingerprints');
  if (folder === null) throw new Error('The oracle is here, but the fingerprint lists are not.');
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  return compileFingerprints(read('fingerprints_http.csv'), read('fingerprints_dns.csv'));
}

/** Names of the fingerprints that the publisher matched, as they may be published. */
function fingerprintNames(scores: JsonObject): readonly string[] {
  return arrayAt(scores, 'fingerprints')
    .filter((item) => isJsonObject(item))
    .map((item) => publishableName(stringAt(item, 'name') ?? ''));
}

describeWithSharedData('publisher’s scores', 'oracle/ooni', (folder) => {
  const fingerprints = readFingerprints();

  it('uses every row of the lists that the publisher uses', () => {
    expect(fingerprints.malformedRows).toBe(0);
    expect(fingerprints.count).toBe(226 + 1311 + 273 + 2 + 2 + 13 + 7 + 4 + 1 - 2);
  });

  for (const file of ['real', 'synthetic-qa']) {
    const expected = parseLines(readFileSync(path.join(folder, `${file}.expected.jsonl`), 'utf8'));
    const lines = parseLines(
      gunzipSync(readFileSync(path.join(folder, `${file}.jsonl.gz`))).toString('utf8'),
    );
    it(`agrees on every line of ${file}`, () => {
      expect(lines.length).toBe(expected.length);
      const differences = lines.flatMap((raw, index) => {
        const theirs = expected[index];
        // Where the publisher's scorer stopped with an error there is nothing to agree with.
        if (theirs === undefined || theirs['error'] !== undefined) return [];
        const verdict = scoreMeasurement(
          raw,
          {
            test_name: stringAt(raw, 'test_name') ?? '',
            probe_cc: stringAt(raw, 'probe_cc')?.toUpperCase() ?? null,
            clockFault: null,
          },
          fingerprints,
        );
        const ours = {
          anomaly: verdict.flags.anomaly,
          confirmed: verdict.flags.confirmed,
          failure: verdict.flags.failure,
          blocking_type: verdict.flags.blockingType,
        };
        const same =
          ours.anomaly === theirs['anomaly'] &&
          ours.confirmed === theirs['confirmed'] &&
          ours.failure === theirs['failure'] &&
          ours.blocking_type === theirs['blocking_type'];
        const named = fingerprintNames(objectAt(theirs, 'scores'));
        const unnamed = named.filter(
          (name) =>
            verdict.outcome === 'confirmed' && !(verdict.blocking_detail ?? '').includes(name),
        );
        return same && unnamed.length === 0 ? [] : [{ line: index + 1, ours, theirs, unnamed }];
      });
      expect(differences).toEqual([]);
    });
  }
});
