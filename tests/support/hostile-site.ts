/** What may stand in no file of a site, whatever was planted in the dumps that it was made of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { parse } from 'node-html-parser';
import { parseCsvLine } from './csv-lines.ts';
import { filesIn } from './hostile-text.ts';

/** Overrides and embeddings are never ours; isolates are, and must close in the same text. */
const TURNS = /[\u202A-\u202E]/u;
const FORMULA = /^(?:[=@|%]|[+-](?!\d))/;

/** `file: fault`, for every text file and picture of a folder; and how many files of each kind were read. */
export function findTextFaults(folder: string): {
  readonly faults: readonly string[];
  readonly read: Readonly<Record<string, number>>;
} {
  const faults: string[] = [];
  const read: Record<string, number> = {};
  for (const file of filesIn(folder)) {
    const kind = path.extname(file).slice(1);
    const where = path.relative(folder, file);
    if (!(kind in CHECKS || kind === 'png') || where.startsWith('_astro/')) continue;
    read[kind] = (read[kind] ?? 0) + 1;
    const bytes = readFileSync(file);
    if (kind === 'png') {
      faults.push(...pictureFaults(bytes).map((fault) => `${where}: ${fault}`));
      continue;
    }
    const text = bytes.toString('utf8');
    faults.push(...textFaults(where, text));
    if (TURNS.test(text)) faults.push(`${where}: text is turned around`);
  }
  return { faults, read };
}

/** `name: fault`, by what the name ends in. */
export function textFaults(name: string, text: string): readonly string[] {
  const faultsOf = CHECKS[path.extname(name).slice(1)] ?? (() => []);
  return faultsOf(text.replace(/^\uFEFF/, '')).map((fault) => `${name}: ${fault}`);
}

/** What a picture may be made of: its parts, each whole, words as words, and nothing behind its end. */
export function pictureFaults(bytes: Buffer): readonly string[] {
  const faults: string[] = [];
  if (bytes.subarray(0, 8).toString('latin1') !== '\u0089PNG\r\n\u001a\n') return ['no PNG'];
  let at = 8;
  for (let kind = ''; kind !== 'IEND' && at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    kind = bytes.subarray(at + 4, at + 8).toString('latin1');
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length))
      faults.push(`${kind} is not whole`);
    if (kind === 'iTXt') {
      // Keyword, not compressed, no language, no other keyword, text: W3C PNG, 11.3.3.4.
      const [, text] = /^[\w ]{1,79}\0\0\0\0\0([^\0]*)$/.exec(data.toString('utf8')) ?? [];
      if (text === undefined || TURNS.test(text)) faults.push('words that are none');
    } else if (!/^(?:IHDR|PLTE|IDAT|IEND|tRNS|sRGB|gAMA|pHYs|sBIT)$/.test(kind)) faults.push(kind);
    at += 12 + length;
  }
  if (at !== bytes.length) faults.push('bytes behind its end');
  return faults;
}

const CHECKS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  html: htmlFaults,
  svg: xmlFaults,
  xml: xmlFaults,
  json: jsonFaults,
  jsonld: jsonFaults,
  ics: calendarFaults,
  csv: csvFaults,
  txt: () => [],
};

function htmlFaults(text: string): readonly string[] {
  const faults: string[] = [];
  for (const element of parse(text, { comment: true }).querySelectorAll('*')) {
    const tag = element.rawTagName.toLowerCase();
    for (const [name, value] of Object.entries(element.attributes)) {
      if (/^on/i.test(name)) faults.push(`<${tag} ${name}>`);
      if (/^(?:href|src|action|formaction|data|xlink:href)$/i.test(name))
        if (/^\s*(?:javascript|vbscript|data:text)/i.test(value)) faults.push(`<${tag} ${value}>`);
    }
    if (tag.startsWith('planted')) faults.push(`<${tag}>`);
    if (tag === 'img' && element.getAttribute('src') === 'x') faults.push('<img src=x>');
    if (tag !== 'script' || element.hasAttribute('src')) continue;
    if (element.getAttribute('type') === 'application/ld+json')
      faults.push(...jsonFaults(element.rawText));
    else if (!(element.getAttribute('type') ?? '').includes('json'))
      faults.push('a script in the page');
  }
  return faults;
}

function xmlFaults(text: string): readonly string[] {
  const faults: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (/^@on|^script$|^planted|^foreignObject$/i.test(name)) faults.push(`<${name}>`);
      look(child);
    }
  };
  try {
    look(new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' }).parse(text));
  } catch (error) {
    faults.push(String(error));
  }
  return faults;
}

function jsonFaults(text: string): readonly string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** Unfolded lines; each is a property that we write. */
function calendarFaults(text: string): readonly string[] {
  return text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .filter((line) => line !== '' && !/^(?:BEGIN|END|[A-Z-]+(?:;VALUE=DATE)?):[^\r\n]*$/.test(line))
    .concat(
      text.replaceAll('\r\n ', '').replaceAll('\\n', ' ').includes('ATTENDEE:') ? ['ATTENDEE'] : [],
    )
    .map((line) => `line ${line.slice(0, 60)}`);
}

function csvFaults(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) =>
    (line.startsWith('#')
      ? // A spreadsheet splits comments, too, at the mark that its language puts between cells.
        line.split(/[,;\t]/).map((cell) => cell.replace(/^ ?"?/, ''))
      : parseCsvLine(line)
    )
      .filter((cell) => FORMULA.test(cell))
      .map((cell) => `cell ${cell.slice(0, 60)}`),
  );
}
