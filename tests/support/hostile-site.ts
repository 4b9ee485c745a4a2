/** What may stand in no file of a site, whatever was planted in the dumps that it was made of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { parse } from 'node-html-parser';
import { parseCsvLine } from './csv-lines.ts';
import { filesIn } from './hostile-text.ts';

/** Overrides and embeddings are never ours; isolates are, and must close in the same text. */
const TURNS = /[\u202A-\u202E]/u;
const FORMULA = /^(?:[=@|%]|[+-](?!\d))/;

/** `file: fault`, for every text file of a folder; and how many files of each kind were read. */
export function findTextFaults(folder: string): {
  readonly faults: readonly string[];
  readonly read: Readonly<Record<string, number>>;
} {
  const faults: string[] = [];
  const read: Record<string, number> = {};
  for (const file of filesIn(folder)) {
    const kind = path.extname(file).slice(1);
    const faultsOf = CHECKS[kind];
    if (faultsOf === undefined || file.includes('/_astro/')) continue;
    read[kind] = (read[kind] ?? 0) + 1;
    const text = readFileSync(file, 'utf8');
    const where = path.relative(folder, file);
    if (TURNS.test(text)) faults.push(`${where}: text is turned around`);
    faults.push(...faultsOf(text).map((fault) => `${where}: ${fault}`));
  }
  return { faults, read };
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
    line.startsWith('#')
      ? []
      : parseCsvLine(line)
          .filter((cell) => FORMULA.test(cell))
          .map((cell) => `cell ${cell.slice(0, 60)}`),
  );
}
