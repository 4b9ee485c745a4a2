/** Lists of networks and organizations: what is taken of each form, and what is refused. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDay } from '../../data-build/contract/brands.ts';
import { isProblem, type Problem } from '../../data-build/contract/problem.ts';
import { readNameList } from '../../data-build/convert/name-list.ts';
import type { NameList } from '../../data-build/normalize/network-name.ts';
import type { Normalized } from '../../data-build/parts.ts';
import { normalizeOrganizations } from '../../data-build/publishers/caida/organizations.ts';
import { DUMP_KINDS } from '../../data-build/publishers/dump-kinds.ts';
import { normalizeDelegations } from '../../data-build/publishers/registries/delegations.ts';
import { normalizeNames } from '../../data-build/publishers/ripe-names/names.ts';
import { recogniseFile } from '../../data-build/read/file-kind.ts';

type Names = Normalized<'organizations'>;

function list(text: string, day: string | null = '2024-10-01'): NameList {
  return {
    lines: text.split('\n'),
    licence: 'caida-aua',
    day: day === null ? null : toDay(day),
  };
}
function good(made: Names | Problem): Names {
  if (isProblem(made)) throw new Error(made.detail);
  return made;
}
const short = ({ rows }: Names) =>
  rows.map(({ probe_asn, name, organization, organization_id }) => [
    probe_asn,
    name,
    organization,
    organization_id,
  ]);
const reasons = ({ problems }: Names) =>
  problems.map(({ line, problem }) => [line, problem.reason]);

const TEXT = `# format:aut|changed|aut_name|org_id|opaque_id|source
64500|20200101|ONE-AS|ORG-A|x_ARIN|ARIN
64501||TWO-AS|ORG-A||ARIN
64502||THREE-AS|ORG-GONE||RIPE
# format:org_id|changed|org_name|country|source
ORG-A|20200101|Example Telecom|KE|ARIN
`;
const JSON_LINES = `{"asn":"64500","changed":"","name":"ONE-AS","organizationId":"ORG-A","source":"ARIN","type":"ASN"}
{"changed":"","country":"KE","name":"Example Telecom","organizationId":"ORG-A","source":"ARIN","type":"Organization"}
`;
const DELEGATED = `2|ripencc|20241101|4|19830705|20241101|+0000
ripencc|*|asn|*|3|summary
ripencc|NL|asn|64500|2|19930901|allocated|aaaa-1
ripencc|NL|ipv4|192.0.2.0|256|19930901|allocated|aaaa-1
ripencc|NL|asn|64510|1|19930901|reserved|
ripencc|NL|asn|64511|1|19930901|assigned
`;
const NAMES = '64500 ONE-AS Example Telecom, with a comma, KE\n64501 TWO, NL\n';

describe('lists of networks', () => {
  it('give names and organizations, whichever of two tables comes first', () => {
    const made = good(normalizeOrganizations(list(TEXT), ''));
    expect(short(made)).toEqual([
      [64500, 'ONE-AS', 'Example Telecom', 'ORG-A'],
      [64501, 'TWO-AS', 'Example Telecom', 'ORG-A'],
      [64502, 'THREE-AS', null, 'ORG-GONE'],
    ]);
    expect(made.rows[0]).toMatchObject({
      name_day: '2024-10-01',
      source: 'caida',
      licence: 'caida-aua',
    });
    expect(short(good(normalizeOrganizations(list(JSON_LINES), '')))).toEqual([
      [64500, 'ONE-AS', 'Example Telecom', 'ORG-A'],
    ]);
  });

  it('of registries say who holds the same, for every number of a block, and nothing of addresses', () => {
    const made = good(normalizeDelegations(list(DELEGATED, null)));
    expect(short(made)).toEqual([
      [64500, null, null, 'ripencc aaaa-1'],
      [64501, null, null, 'ripencc aaaa-1'],
    ]);
    expect(made.rows[0]?.name_day).toBe('2024-11-01');
    expect(made.problems).toEqual([]);
  });

  it('of names have a name with commas and the country apart', () => {
    const made = good(normalizeNames(list(NAMES, null), '20241102-asnames.txt'));
    expect(short(made)).toEqual([
      [64500, 'ONE-AS Example Telecom, with a comma', null, null],
      [64501, 'TWO', null, null],
    ]);
    expect(made.rows[0]?.name_day).toBe('2024-11-02');
  });

  it('without a day are refused', () => {
    const undated = DELEGATED.replace(/^.*\n/, '2|ripencc|x|4|||+0000\n');
    for (const made of [
      normalizeOrganizations(list(TEXT, null), 'as-org2info.txt'),
      normalizeDelegations(list(undated, null)),
      normalizeNames(list(NAMES, null), 'asnames.txt'),
    ])
      expect(made).toMatchObject({ reason: 'missing_time' });
  });

  it('lose the lines that are broken, and those alone', () => {
    const text = `${TEXT}64500||AGAIN|ORG-A||ARIN\n`
      .replace('64501||', '0||')
      .replace('|KE|ARIN', '');
    const made = good(normalizeOrganizations(list(text), ''));
    expect(short(made)).toEqual([
      [64500, 'ONE-AS', null, 'ORG-A'],
      [64502, 'THREE-AS', null, 'ORG-GONE'],
    ]);
    expect(reasons(made)).toEqual([
      [3, 'unknown_network'],
      [6, 'invalid_csv'],
      [7, 'invalid_csv'],
    ]);
    const wide = DELEGATED.replace('64500|2', '64500|9999');
    expect(reasons(good(normalizeDelegations(list(wide, null))))).toEqual([[3, 'unknown_network']]);
    expect(reasons(good(normalizeNames(list('no number\n64500 A, KE\n64500 B, KE'), '')))).toEqual([
      [1, 'invalid_csv'],
      [3, 'duplicate_figure'],
    ]);
  });

  it('never throw, whatever they hold', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '|',
        '\n',
        '# format:org_id|aut|',
        '{"asn":1}',
        '2|ripencc|',
        'asn',
        '64500 ',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const given = list(pieces.join(''));
        for (const made of [
          normalizeOrganizations(given, ''),
          normalizeDelegations(given),
          normalizeNames(given, ''),
        ])
          for (const { name } of good(made).rows) expect((name ?? '').length).toBeLessThan(121);
      }),
    );
  });

  it.each([
    ['20241001.as-org2info.txt', TEXT, 'caida_as2org'],
    ['20241001.as-org2info.jsonl', JSON_LINES, 'caida_as2org'],
    ['delegated-ripencc-extended-20241101', DELEGATED, 'rir_delegated'],
    ['asnames.txt', NAMES, 'ripe_asnames'],
  ])('are told by what is in them: %s', (name, text, kind) => {
    const bytes = Buffer.from(text);
    expect(
      recogniseFile(name, { raw: bytes, bytes, compression: 'none', damaged: false }, DUMP_KINDS),
    ).toBe(kind);
  });

  it('are read with the licence that the operator names, and refused without', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'names-'));
    const file = path.join(folder, 'asnames.txt');
    const sidecar = `${file}.meta.json`;
    writeFileSync(file, NAMES);
    const read = async (given: string | null) => {
      if (given !== null) writeFileSync(sidecar, given);
      const taken: NameList[] = [];
      const refused: string[] = [];
      await readNameList(
        {
          ...{ kind: 'ripe_asnames', name: 'asnames.txt', twin: null, synthetic: false },
          ...{ path: file, sidecar: given === null ? null : sidecar },
        },
        { take: (piece) => taken.push(piece), refuse: ({ reason }) => refused.push(reason) },
      );
      return { licence: taken[0]?.licence, day: taken[0]?.day, refused };
    };
    expect(await read('{"licence":"CC0-1.0","date":"2024-10-01"}')).toEqual({
      licence: 'cc0',
      day: '2024-10-01',
      refused: [],
    });
    for (const given of [null, '{"licence":"mine"}', '{}', 'no JSON', '[]'])
      expect((await read(given)).refused, String(given)).toEqual(['unknown_licence']);
  });
});
