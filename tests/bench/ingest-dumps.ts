/**
 * Dumps in the sizes of the publisher's: eight `.jsonl.gz` files, about 500 MB of JSON, lines from 1 kB to 1 MB with
 * a mean of about 75 kB. Most of it is web pages as probes send them: tags and words, a part of the lines with escaped
 * angle brackets (as Go writes them), a part in other scripts, a part as base64, a few with a known block page.
 */
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  addressOf,
  dnsQuery,
  tcpConnect,
  tlsHandshake,
} from '../../data-build/sample/ooni-exchange.ts';
import type { DumpObject, DumpValue } from '../../data-build/sample/dump-json.ts';
import { createRng, type Rng } from '../../data-build/sample/rng.ts';

const FILES = 8;
/** Bytes of JSON in all files together. */
const TOTAL = 500_000_000;
const SHORTEST = 1_000;
/** What a line weighs without its page. */
const ENVELOPE = 3_600;
const LONGEST = 1_000_000;
const MEDIAN = 42_000;
/** Standard deviation of the logarithm of a line's size. */
const SPREAD = 1.1;
const POOL = 4_000_000;

/** As many body patterns as the published list has. */
const PATTERNS = 1_311;

const SYLLABLES = {
  latin: 'ta re mi lo ne sa ko vi du pe an el or is un ti ra se no li ma de'.split(' '),
  cyrillic: 'та ре ми ло не са ко ви ду пе ан ел ор ис ун ти ра се но ли'.split(' '),
  arabic: 'تا ري مي لو ني سا كو في دو بي ان ال ور يس ون'.split(' '),
} as const;
type Script = keyof typeof SYLLABLES;

const TAGS = ['div', 'span', 'a', 'li', 'p', 'td', 'h2', 'ul', 'section', 'button'];

function makeWords(rng: Rng, script: Script): readonly string[] {
  return Array.from({ length: 4_000 }, () =>
    Array.from({ length: rng.int(1, 4) }, () => rng.pick(SYLLABLES[script])).join(''),
  );
}

/** A long web page; bodies are pieces of it. */
function makePool(rng: Rng, script: Script): string {
  const words = makeWords(rng, script);
  const names = makeWords(rng, 'latin');
  const parts: string[] = ['<!DOCTYPE html>\n<html><head><meta charset="utf-8">'];
  for (let size = 0; size < POOL;) {
    const tag = rng.pick(TAGS);
    const text = Array.from({ length: rng.int(1, 25) }, () => rng.pick(words)).join(' ');
    const attributes = `class="${rng.pick(names)}-${rng.pick(names)}" data-id="${rng.text(8)}"`;
    const link =
      tag === 'a'
        ? ` href="https://${rng.pick(names)}.example/${rng.pick(names)}?q=${rng.int(1, 9999)}&amp;p=1"`
        : '';
    const part = `\n\t<${tag} ${attributes}${link}>${text}</${tag}>`;
    parts.push(part);
    size += part.length;
    if (rng.chance(0.01)) {
      const script = `<script>!function(t){var e=${rng.int(1, 99999)};t["${rng.pick(names)}"]=function(){return e<<2&&"${rng.text(24)}"}}(window);</script>`;
      parts.push(script);
      size += script.length;
    }
  }
  return parts.join('');
}

/** Patterns of the published kind, which name somebody, in CSV; the last is in one page of a thousand. */
function makeFingerprints(rng: Rng): { readonly csv: string; readonly blockPage: string } {
  const words = makeWords(rng, 'latin');
  const patterns = Array.from({ length: PATTERNS }, (_, index) => {
    const name = `${rng.pick(words)}${rng.pick(words)}-${rng.text(5)}.example`;
    return index % 3 === 0
      ? `<title>${rng.pick(words)} ${name}</title>`
      : `src="http://${name}/${rng.pick(words)}`;
  });
  const rows = patterns.map(
    (pattern, index) =>
      `made_${index},nat,,body,contains,"${pattern.replaceAll('"', '""')}",5,IT,bench,,`,
  );
  const header =
    'name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes';
  return { csv: [header, ...rows, ''].join('\n'), blockPage: patterns.at(-1) ?? '' };
}

/** Test keys of a page that was fetched. */
function keysOfPage(body: DumpValue, url: string, address: string, rng: Rng): DumpObject {
  const headers = {
    'Cache-Control': 'max-age=600',
    'Content-Type': 'text/html; charset=utf-8',
    Date: 'Fri, 05 Jan 2024 10:00:00 GMT',
    Server: rng.pick(['nginx', 'Apache', 'cloudflare', 'ECAcc (mil/6CD2)']),
    'Set-Cookie': `id=${rng.text(40)}; path=/; secure`,
  };
  return {
    network_events: Array.from({ length: 12 }, (_, step) => ({
      address: `${address}:443`,
      failure: null,
      num_bytes: rng.int(1, 9_000),
      operation: 'read',
      proto: 'tcp',
      t: step / 7,
      tags: ['tcptls_experiment'],
    })),
    requests: [
      {
        failure: null,
        request: { body: '', headers: {}, method: 'GET', url, x_transport: 'tcp' },
        response: {
          body,
          body_is_truncated: false,
          code: 200,
          headers,
          headers_list: Object.entries(headers),
        },
      },
    ],
  };
}

/** One web_connectivity line of about `size` bytes. */
function makeLine(
  size: number,
  pools: Readonly<Record<Script, string>>,
  blockPage: string,
  rng: Rng,
): string {
  const script: Script = rng.weighted([
    ['latin', 80],
    ['cyrillic', 13],
    ['arabic', 7],
  ]);
  const domain = `site-${rng.int(1, 900)}.example.org`;
  const input = `https://${domain}/`;
  const address = addressOf(domain);
  // A site that was never reached has no page, and neither headers nor events.
  const reached = size > ENVELOPE + 500;
  const base64 = rng.chance(0.02);
  const share = base64 ? 0.7 : script === 'latin' ? 0.85 : 0.6;
  const length = reached ? Math.round((size - ENVELOPE) * share) : 0;
  const start = rng.int(0, POOL - length - 1);
  const text = `${pools[script].slice(start, start + length)}${rng.chance(0.001) ? blockPage : ''}`;
  const body = base64 ? { format: 'base64', data: Buffer.from(text).toString('base64') } : text;
  const at = rng.int(0, 86_399_000);
  const startTime = new Date(Date.UTC(2024, 0, 5) + at)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
  const raw = {
    annotations: {
      architecture: 'arm64',
      engine_name: 'ooniprobe-engine',
      engine_version: '3.19.0',
      network_type: 'wifi',
      platform: 'android',
    },
    data_format_version: '0.2.0',
    input,
    measurement_start_time: startTime,
    probe_asn: `AS${rng.int(64_496, 64_511)}`,
    probe_cc: rng.pick(['IT', 'KE', 'BR', 'IN', 'TR']),
    probe_ip: '127.0.0.1',
    probe_network_name: 'Bench network (synthetic)',
    report_id: `20240105T000000Z_webconnectivity_IT_64496_n1_${rng.text(16)}`,
    resolver_asn: 'AS64496',
    resolver_ip: '192.0.2.53',
    software_name: 'ooniprobe-android-unattended',
    software_version: '3.8.5',
    test_keys: {
      accessible: true,
      agent: 'redirect',
      blocking: false,
      body_length_match: true,
      body_proportion: 1,
      client_resolver: '192.0.2.53',
      control: {
        dns: { addrs: [address], failure: null },
        http_request: { body_length: length, failure: null, status_code: 200, title: domain },
      },
      control_failure: null,
      dns_consistency: 'consistent',
      dns_experiment_failure: null,
      headers_match: true,
      http_experiment_failure: null,
      queries: [dnsQuery(domain, address, null)],
      requests: [],
      status_code_match: true,
      tcp_connect: [tcpConnect(address, 443, null)],
      title_match: true,
      tls_handshakes: [tlsHandshake(`${address}:443`, domain, null)],
      x_blocking_flags: 32,
      ...(reached ? keysOfPage(body, input, address, rng) : {}),
    },
    test_name: 'web_connectivity',
    test_runtime: rng.unit() * 9,
    test_start_time: '2024-01-05 00:00:00',
    test_version: '0.5.28',
  };
  const json = JSON.stringify(raw);
  return rng.chance(0.5)
    ? json
    : json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function* makeLines(
  file: number,
  pools: Readonly<Record<Script, string>>,
  blockPage: string,
): Generator<Buffer> {
  const rng = createRng('bench', file);
  for (let size = 0; size < TOTAL / FILES;) {
    const wanted = Math.min(LONGEST * 0.9, Math.max(SHORTEST, MEDIAN * rng.factor(SPREAD)));
    const line = Buffer.from(`${makeLine(wanted, pools, blockPage, rng)}\n`);
    size += line.length;
    yield line;
  }
}

/** Writes the dumps and their fingerprints into `folder`, unless they are there already. */
export async function makeIngestDumps(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const rng = createRng('bench', 'pools');
  const pools = {
    latin: makePool(rng, 'latin'),
    cyrillic: makePool(rng, 'cyrillic'),
    arabic: makePool(rng, 'arabic'),
  };
  const { csv, blockPage } = makeFingerprints(rng);
  writeFileSync(path.join(unfinished, 'fingerprints_http.csv'), csv);
  for (let file = 0; file < FILES; file += 1) {
    const name = `2024010600_IT_webconnectivity.n${file}.0.jsonl.gz`;
    await pipeline(
      makeLines(file, pools, blockPage),
      createGzip({ level: 6 }),
      createWriteStream(path.join(unfinished, name)),
    );
  }
  renameSync(unfinished, folder);
}
