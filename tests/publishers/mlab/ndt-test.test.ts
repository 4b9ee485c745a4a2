import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  isProductionArchive,
  normalizeNdtRecord,
} from '../../../data-build/publishers/mlab/ndt-test.ts';
import { normalizeNdtExport } from '../../../data-build/publishers/mlab/ndt-export.ts';
import { parseCsvTable } from '../../../data-build/parse/csv-table.ts';
import { isProblem } from '../../../data-build/contract/problem.ts';
import { isJsonObject } from '../../../data-build/parse/json.ts';
import { parseJson } from '../../../data-build/parse/measurement-line.ts';
import type { PartRow } from '../../../data-build/parts.ts';
import { sharedData } from '../../support/shared-data.ts';

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Regular files of a tar, by the size field of each header (ustar, PAX headers passed over). */
function* tarFiles(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + 512 <= bytes.length;) {
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 136), 8) || 0;
    const type = bytes.toString('latin1', at + 156, at + 157);
    if (type === '0' || type === '\0') yield bytes.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

const archive = sharedData('mlab', 'archive', '20200318T003853.425987Z-ndt7-mlab3-syd03-ndt.tgz');

describe.skipIf(archive === null)('the real NDT7 archive (skipped without ../shared/data)', () => {
  it('gives the published medians of the tests that the filter keeps', () => {
    const tests: PartRow<'ndt_tests'>[] = [];
    const refused: string[] = [];
    for (const member of tarFiles(gunzipSync(readFileSync(archive ?? '')))) {
      if (member.length === 0) continue;
      const value = parseJson(gunzipSync(member).toString('utf8'));
      if (!isJsonObject(value)) throw new Error('A member is no object.');
      const test = normalizeNdtRecord(value, isProductionArchive(archive ?? ''));
      if (isProblem(test)) refused.push(test.detail);
      else tests.push(...test.rows);
    }
    const downloads = tests.filter((test) => test.direction === 'download');
    const uploads = tests.filter((test) => test.direction === 'upload');
    expect([downloads.length, uploads.length]).toEqual([57, 53]);
    expect(refused).toHaveLength(4);
    expect(middle(downloads.map((test) => test.throughput_mbps ?? NaN))).toBeCloseTo(
      32.90545966,
      7,
    );
    expect(middle(downloads.map((test) => test.min_rtt_ms ?? NaN))).toBeCloseTo(225.923, 6);
    expect(middle(uploads.map((test) => test.throughput_mbps ?? NaN))).toBeCloseTo(6.58934466, 7);
  });
});

const result = (section: object, client = '198.51.100.7'): object => ({
  ClientIP: client,
  Download: section,
});
const section = {
  UUID: 'ndt-host_1_unsafe_00000000000000AA',
  StartTime: '2024-05-01T10:00:00.000000001Z',
  EndTime: '2024-05-01T10:00:10.5Z',
  ServerMeasurements: [
    {
      TCPInfo: {
        BytesAcked: 12_500_000,
        ElapsedTime: 10_000_000,
        MinRTT: 25_500,
        BytesSent: 13_000_000,
        BytesRetrans: 130_000,
      },
    },
  ],
  ClientMetadata: [{ Name: 'access_token', Value: 'secret' }],
};
const normalize = (value: object, production = true) => {
  const json = parseJson(JSON.stringify(value));
  if (!isJsonObject(json)) throw new Error('The case is no object.');
  const made = normalizeNdtRecord(json, production);
  return isProblem(made) ? made : made.rows[0];
};

describe('normalizeNdtRecord', () => {
  it('takes throughput, round trip and loss from the last snapshot', () => {
    expect(normalize(result(section))).toEqual({
      day: '2024-05-01',
      uuid: 'ndt-host_1_00000000000000AA',
      direction: 'download',
      throughput_mbps: 10,
      min_rtt_ms: 25.5,
      loss_ratio: 0.01,
      probe_cc: null,
      probe_asn: null,
      name: null,
    });
  });
  it('names why a test is not valid', () => {
    const invalid = (value: object, production = true) => {
      const test = normalize(value, production);
      return isProblem(test) ? test.detail : null;
    };
    expect(invalid(result({ ...section, EndTime: '2024-05-01T10:00:08Z' }))).toBe('short');
    expect(
      invalid(
        result({
          ...section,
          EndTime: '2024-05-01T10:00:08Z',
          ClientMetadata: [{ Name: 'early_exit' }],
        }),
      ),
    ).toBeNull();
    expect(invalid(result({ ...section, EndTime: '2024-05-01T10:01:08Z' }))).toBe('long');
    expect(invalid(result(section, '10.0.0.3'))).toBe('private_address');
    expect(invalid(result(section), false)).toBe('test_host');
    expect(invalid(result({ ...section, ServerMeasurements: [] }))).toBe('no server snapshot');
    expect(invalid({})).toBe('no Download or Upload with UUID and times');
  });
});

describe('a value that no test can measure', () => {
  const tcp = section.ServerMeasurements[0]?.TCPInfo;
  it.each([
    ['a loss of 2', { BytesRetrans: 26_000_000 }],
    ['a loss below 0', { BytesRetrans: -1 }],
    ['a round trip that the counter could not hold', { MinRTT: 4_294_967_295 }],
    ['a round trip below 0', { MinRTT: -1 }],
    ['a speed of 10 Tbit/s', { ElapsedTime: 10 }],
  ])('as %s is refused', (_, wrong) => {
    const test = normalize(
      result({ ...section, ServerMeasurements: [{ TCPInfo: { ...tcp, ...wrong } }] }),
    );
    expect(isProblem(test) ? test.reason : null).toBe('impossible_value');
  });

  it.each([
    ['12.5,20,0.01', null],
    ['12.5,,', null],
    ['0,0,1', null],
    ['-3,20,0.01', 'impossible_value'],
    ['12.5,20,5', 'impossible_value'],
    ['12.5,20,-0.5', 'impossible_value'],
    ['12.5,70000,0.01', 'impossible_value'],
  ])('is refused in exports: %s', (values, reason) => {
    const table = parseCsvTable(
      `date,country_code,mbps,min_rtt_ms,loss_rate\n2024-05-01,KE,${values}\n`,
    );
    if (isProblem(table)) throw new Error(table.detail);
    const { rows, problems } = normalizeNdtExport(table);
    expect(problems.map(({ problem }) => problem.reason)).toEqual(reason === null ? [] : [reason]);
    expect(rows).toHaveLength(reason === null ? 1 : 0);
  });
});

describe('the day of a test', () => {
  const at = (start: string, end: string) => {
    const test = normalize(result({ ...section, StartTime: start, EndTime: end }));
    return isProblem(test) ? test.reason : test?.day;
  };

  it.each(['2099-05-01', '0001-01-01', '2008-12-31'])('is not %s', (day) => {
    expect(at(`${day}T10:00:00Z`, `${day}T10:00:10Z`)).toBe('missing_time');
  });

  it('is of UTC, whatever the zone of the machine', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      expect(at('2024-05-01T10:00:00', '2024-05-01T10:00:10')).toBe('2024-05-01');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('is told where its length is just enough, to the nanosecond', () => {
    const start = '2024-05-01T10:00:00.123456789Z';
    expect(at(start, '2024-05-01T10:00:09.123456789Z')).toBe('2024-05-01');
    expect(at(start, '2024-05-01T10:00:09.123356789Z')).toBe('invalid_test');
  });
});

describe('isProductionArchive', () => {
  it('tells production from test hosts', () => {
    expect(isProductionArchive('20200318T003853.425987Z-ndt7-mlab3-syd03-ndt.tgz')).toBe(true);
    expect(isProductionArchive('20200318T003853.425987Z-ndt7-mlab4-syd03-ndt.tgz')).toBe(false);
    expect(isProductionArchive('20200318T003853.425987Z-ndt7-mlab1-lga1t-ndt.tgz')).toBe(false);
  });
});

describe('the place of a client', () => {
  it('is country and network and nothing else', () => {
    const place = normalize({
      UUID: 'ndt-host_1_00000000000000AA',
      Client: {
        Geo: { CountryCode: 'KE', City: 'Nairobi', Latitude: -1.3 },
        Network: { CIDR: '198.51.100.0/24', ASNumber: 64500, ASName: 'Sample Net' },
      },
    });
    expect(place).toEqual({
      day: null,
      uuid: 'ndt-host_1_00000000000000AA',
      direction: null,
      throughput_mbps: null,
      min_rtt_ms: null,
      loss_ratio: null,
      probe_cc: 'KE',
      probe_asn: 64500,
      name: 'Sample Net',
    });
  });
});
