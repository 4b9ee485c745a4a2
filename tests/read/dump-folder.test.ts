import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DUMP_KINDS } from '../../data-build/publishers/dump-kinds.ts';
import { walkDumps } from '../../data-build/read/dump-folder.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeTar } from '../support/tar.ts';

const folder = scratchFolder('walk');

function put(name: string, content: string | Buffer): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const LINE = '{"test_name": "telegram", "probe_cc": "IT"}\n';
const COUNTS = 'anomaly_count,measurement_count,measurement_start_day\n1,2,2024-01-01\n';

put('raw/20240101/00/IT/telegram/2024010100_IT_telegram.n1.0.jsonl.gz', gzipSync(LINE));
put(
  'raw/20240101/00/IT/telegram/2024010100_IT_telegram.n1.0.tar.gz',
  makeTar([{ name: 'd/20240101000000.000001_IT_telegram_0123456789abcdef.post', content: '{}' }]),
);
put('bare/first-line-broken.jsonl', `not json\n${LINE}`);
put('bare/no-name-to-go-by', LINE);
put('bare/packed.jsonl.zst', zstdCompressSync(Buffer.from(LINE)));
put('bare/empty.jsonl', '');
put('bare/empty.jsonl.gz', gzipSync(''));
put('bare/empty.jsonl.zst', zstdCompressSync(Buffer.alloc(0)));
put('bare/nothing', '');
put('bare/picture.jsonl.gz', Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'latin1'));
put('bare/not-really.jsonl.gz', gzipSync(Buffer.from([0, 1, 2, 3])));
put('bare/broken.jsonl.gz', Buffer.from([0x1f, 0x8b, 0xff, 0xff, 1, 2, 3]));
put('bare/nul-line-first.jsonl', `${'\0'.repeat(100)}\n{"test_keys": {}, "report_id": "x"}\n`);
put('bare/first-line-longer-than-the-look.jsonl', `${'['.repeat(2_000_000)}\n${LINE}`);
put('bare/utf-16.jsonl', Buffer.from(`\uFEFF${LINE}`, 'utf16le'));
put('bare/blank-lines.jsonl.gz', gzipSync(Buffer.alloc(30_000_000, 10)));
put('counts/reply.csv', COUNTS);
put('counts/reply.csv.meta.json', '{"probe_cc": "IQ"}');
put('counts/orphan.csv.meta.json', '{"probe_cc": "IQ"}');
put('counts/reply.json', '{"v": 0, "result": [{"measurement_count": 1}]}');
put(
  'fastpath_202401.csv.zstd',
  zstdCompressSync(Buffer.from('"test_name","anomaly","msm_failure"\n')),
);
put('lists/fingerprints_dns.csv', 'name,location_found,pattern_type,pattern\n');
put('lists/fingerprints_http.csv', 'name,location_found,pattern_type,pattern\n');
put('lists/it.csv', 'url,category_code\n');
put('made/SYNTHETIC.json', '{"synthetic": true, "generator": "atlas"}');
put('made/deep/x.jsonl', LINE);
put('notes.md', '# Notes\n');
put('canned/2020-01-01/x.tar.lz4', 'x');
symlinkSync(folder, join(folder, 'bare/loop'));
symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));

describe('walking a dumps folder', () => {
  const { files, rejects } = walkDumps([folder], DUMP_KINDS);
  const kinds = Object.fromEntries(files.map((file) => [file.name, file.kind]));

  it('recognises files by name and content', () => {
    expect(kinds).toEqual({
      'bare/empty.jsonl': 'ooni_jsonl',
      'bare/empty.jsonl.gz': 'ooni_jsonl',
      'bare/empty.jsonl.zst': 'ooni_jsonl',
      'bare/first-line-broken.jsonl': 'ooni_jsonl',
      'bare/first-line-longer-than-the-look.jsonl': 'ooni_jsonl',
      'bare/no-name-to-go-by': 'ooni_jsonl',
      'bare/nul-line-first.jsonl': 'ooni_jsonl',
      'bare/packed.jsonl.zst': 'ooni_jsonl',
      'counts/reply.csv': 'ooni_aggregation',
      'counts/reply.json': 'ooni_aggregation',
      'fastpath_202401.csv.zstd': 'ooni_fastpath',
      'lists/fingerprints_dns.csv': 'fingerprints_dns',
      'lists/fingerprints_http.csv': 'fingerprints_http',
      'lists/it.csv': 'test_list',
      'made/deep/x.jsonl': 'ooni_jsonl',
      'raw/20240101/00/IT/telegram/2024010100_IT_telegram.n1.0.jsonl.gz': 'ooni_jsonl',
      'raw/20240101/00/IT/telegram/2024010100_IT_telegram.n1.0.tar.gz': 'ooni_postcan',
    });
  });

  it('lists what it does not use, each with a reason', () => {
    const reasons = Object.fromEntries(rejects.map(({ name, problem }) => [name, problem.reason]));
    expect(reasons).toEqual({
      'bare/blank-lines.jsonl.gz': 'unrecognised_file',
      'bare/broken.jsonl.gz': 'unreadable_file',
      'bare/nothing': 'unrecognised_file',
      'bare/not-really.jsonl.gz': 'unrecognised_file',
      'bare/picture.jsonl.gz': 'unrecognised_file',
      'bare/utf-16.jsonl': 'unrecognised_file',
      'canned/2020-01-01/x.tar.lz4': 'unrecognised_file',
      'counts/orphan.csv.meta.json': 'unrecognised_file',
      dangling: 'unreadable_file',
      'notes.md': 'unrecognised_file',
    });
  });

  it('names a compressed file that has no byte', () => {
    for (const name of ['none.jsonl.gz', 'none.csv.zstd', 'none.tgz']) put(`none/${name}`, '');
    const { files, rejects } = walkDumps([join(folder, 'none')], DUMP_KINDS);
    expect(files).toEqual([]);
    expect(rejects.map(({ name, problem }) => [name, problem.reason, problem.detail])).toEqual(
      ['none.csv.zstd', 'none.jsonl.gz', 'none.tgz'].map((name) => [
        name,
        'unreadable_file',
        'nothing in it',
      ]),
    );
  });

  it('says what to do with text in UTF-16', () => {
    const utf16 = rejects.find(({ name }) => name === 'bare/utf-16.jsonl');
    expect(utf16?.problem.detail).toBe('UTF-16: save it as UTF-8');
  });

  it('finds sidecars, twins and the mark of synthetic data', () => {
    const byName = new Map(files.map((file) => [file.name, file]));
    expect(byName.get('counts/reply.csv')?.sidecar).toBe(
      join(folder, 'counts/reply.csv.meta.json'),
    );
    const raw = 'raw/20240101/00/IT/telegram/2024010100_IT_telegram.n1.0';
    expect(byName.get(`${raw}.jsonl.gz`)?.twin).toBe(join(folder, `${raw}.tar.gz`));
    expect(byName.get('made/deep/x.jsonl')?.synthetic).toBe(true);
    expect(byName.get('bare/no-name-to-go-by')?.synthetic).toBe(false);
  });

  it('comes out sorted, and takes a single file as well', () => {
    const names = files.map((file) => file.name);
    expect(names).toEqual(names.toSorted());
    expect(
      walkDumps([join(folder, 'lists/it.csv')], DUMP_KINDS).files.map((file) => file.name),
    ).toEqual(['it.csv']);
  });
});

describeWithSharedData('the real dumps', '.', (data) => {
  it('are recognised, apart from notes and tables of origin', () => {
    const { files, rejects } = walkDumps([data], DUMP_KINDS);
    const count = (kind: string): number => files.filter((file) => file.kind === kind).length;
    expect(count('ooni_fastpath')).toBe(8);
    expect(count('ooni_aggregation')).toBe(5);
    expect(count('iqb_parquet')).toBe(2);
    expect(count('tor_userstats')).toBe(4);
    expect(count('ndt_archive')).toBe(1);
    expect(rejects.map(({ name }) => name)).toContain('ORIGINS.tsv');
    expect(rejects.every(({ problem }) => problem.reason === 'unrecognised_file')).toBe(true);
  });
});
