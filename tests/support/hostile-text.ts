/** Text that would run, or break a page or a file, if anything took it for more than text. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { isJsonObject, stringAt, type JsonObject } from '../../data-build/parse/json.ts';
import { parseJson } from '../../data-build/parse/measurement-line.ts';
import { plantIn } from './planting.ts';

/** By this a payload that runs says so, in `window` and in the text. */
const RUN = 'window.planted=1';

export const HOSTILE = {
  image: `<img src=x onerror="${RUN}">`,
  script: `</script><script>${RUN}</script>`,
  attribute: `" autofocus onfocus="${RUN}" x="`,
  apostrophe: `' onmouseover='${RUN}`,
  drawing: `</title></text></svg><svg onload=${RUN}>`,
  style: '</style><style>*{display:none}</style>',
  address: `javascript:${RUN}//`,
  comment: '--><planted-element>',
  section: ']]><planted-element/>',
  entity: '&lt;planted&amp;#x3c;',
  template: `{{constructor.constructor("${RUN}")()}}`,
  message: "{planted, plural, other {#}} '{'",
  formula: '=HYPERLINK("https://planted.example/","planted")',
  minus: '-2+3+cmd|" /C planted"!A1',
  at: '@SUM(1+1)*planted',
  sql: "'); DROP TABLE measurements; --planted",
  turned: 'planted \u202Egnp.exe',
  isolated: 'planted \u2067\u2066 text',
  invisible: 'plan\u200Bted\uFEFF\u00AD',
  calendar: 'planted\r\nEND:VEVENT\r\nATTENDEE:x',
  half: 'planted \uD83D',
  nothing: 'plan\u0000ted',
  stacked: `planted${'\u0301'.repeat(40)}`,
} as const;

const PAYLOADS: readonly string[] = Object.values(HOSTILE);
/** What of them can be typed, be a name, and be put into an address. */
export const TYPED_PAYLOADS: readonly string[] = PAYLOADS.map((text) =>
  text.replaceAll('\u0000', '').toWellFormed(),
);
/** Few bytes, ten times as much as any page is wide, nowhere to break it. */
export const LONG_NAME = 'planted'.repeat(1_463);

const byTurn = (at: number): string => PAYLOADS[at % PAYLOADS.length] ?? '';

interface Planted {
  /** Texts planted. */
  payloads: number;
}

/**
 * Changes a sample in place: each network has a name that is a payload, every website was also tested with a payload in its
 * address, and 1 in `every` lines comes again with payloads in each of its fields.
 */
export function plantInSample(folder: string, every: number): Planted {
  const planted: Planted = { payloads: 0 };
  let count = 0;
  for (const file of filesIn(folder).filter((name) => /\.jsonl(?:\.gz|\.zst)?$/.test(name))) {
    const [unpack, pack] = packing(file);
    const lines: string[] = [];
    let text: string;
    try {
      text = unpack(readFileSync(file)).toString('utf8');
    } catch {
      continue; // Some files of the sample are cut.
    }
    for (const given of text.split('\n').filter((one) => one !== '')) {
      const line = parseJson(given);
      if (!isJsonObject(line)) {
        lines.push(given);
        continue;
      }
      count += 1;
      const named = nameNetwork(line);
      lines.push(JSON.stringify(named));
      planted.payloads += 1;
      const input = stringAt(line, 'input');
      if (input !== null) {
        lines.push(JSON.stringify({ ...named, input: `${input}${byTurn(count)}` }));
        planted.payloads += 1;
      }
      if (count % every !== 0) continue;
      for (const one of plantIn(named, PAYLOADS)) {
        lines.push(JSON.stringify(one));
        planted.payloads += 1;
      }
    }
    writeFileSync(file, pack(Buffer.from(`${lines.join('\n')}\n`)));
  }
  planted.payloads += plantInTables(folder);
  renameDumps(folder);
  return planted;
}

/** All lines of a network give it the same name. */
function nameNetwork(line: JsonObject): JsonObject {
  const asn = Number((stringAt(line, 'probe_asn') ?? '').replace(/\D/g, ''));
  const payload = asn % 29 === 0 ? LONG_NAME : byTurn(asn);
  return { ...line, probe_network_name: `${payload} ${asn}`, resolver_network_name: payload };
}

const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A row for each payload in each column of every CSV file, behind the rows that are there. */
function plantInTables(folder: string): number {
  let payloads = 0;
  for (const file of filesIn(folder).filter((name) => name.endsWith('.csv'))) {
    const text = readFileSync(file, 'utf8').trimEnd();
    const good = text.split('\n').at(-1)?.split(',') ?? [];
    const rows = good.flatMap((cell, column) =>
      [...PAYLOADS, LONG_NAME].flatMap((payload) =>
        [payload, `${cell}${payload}`].map((planted) =>
          good.map((own, at) => quote(at === column ? planted : own)).join(','),
        ),
      ),
    );
    payloads += rows.length;
    writeFileSync(file, `${text}\n${rows.join('\n')}\n`);
  }
  return payloads;
}

/** Every payload that can be a file's name is one. */
function renameDumps(folder: string): void {
  const files = filesIn(folder).filter((name) => /\.jsonl(?:\.gz)?$/.test(name));
  TYPED_PAYLOADS.forEach((payload, at) => {
    const file = files[at * 3];
    const name = payload.replaceAll('/', '\u2215');
    if (file !== undefined)
      renameSync(file, path.join(path.dirname(file), `${name} ${path.basename(file)}`));
  });
  mkdirSync(path.join(folder, HOSTILE.image), { recursive: true });
  writeFileSync(path.join(folder, HOSTILE.image, `${HOSTILE.turned}.jsonl`), '{"broken\n');
}

type Step = (bytes: Buffer) => Buffer;

function packing(file: string): readonly [unpack: Step, pack: Step] {
  if (file.endsWith('.gz')) return [(bytes) => gunzipSync(bytes), (bytes) => gzipSync(bytes)];
  if (file.endsWith('.zst')) return [zstdDecompressSync, zstdCompressSync];
  return [(bytes) => bytes, (bytes) => bytes];
}

export function filesIn(folder: string): readonly string[] {
  return !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => path.join(folder, name))
        .filter((name) => statSync(name).isFile())
        .sort();
}
