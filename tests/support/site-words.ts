/** What the pages of a built site say wrong, page by page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { translate } from '../../site/i18n/translate.ts';
import { htmlFiles } from './crawl.ts';
import { findBareRates, findForbiddenWords, findRatesBelowFloor, toBlocks } from './wording.ts';

/** Pages that explain rules instead of reporting numbers. */
const EXPLAINING = /^(?:methods|privacy|about|data|query|404)\b/;

interface Told {
  readonly name: string;
  readonly text: string;
}

export interface Faults {
  readonly bareRates: readonly Told[];
  readonly forbiddenWords: readonly Told[];
  readonly belowFloor: readonly Told[];
  readonly withoutHead: readonly string[];
  /** Pages on which no word says that the data are synthetic; pages on which one does. */
  readonly silent: readonly string[];
  readonly marked: readonly string[];
  /** Sentences that are offered for copying. */
  readonly copies: readonly string[];
}

/** Reads every page of a built site once. */
export function readFaults(dist: string): Faults {
  const bareRates: Told[] = [];
  const forbiddenWords: Told[] = [];
  const belowFloor: Told[] = [];
  const withoutHead: string[] = [];
  const silent: string[] = [];
  const marked: string[] = [];
  const copies: string[] = [];
  for (const file of htmlFiles(dist)) {
    const name = path.relative(dist, file);
    const html = readFileSync(file, 'utf8');
    // What only leads on to another address says nothing of the data.
    if (html.includes('content="noindex"')) continue;
    const tell = (text: string): Told => ({ name, text });
    if (!EXPLAINING.test(name)) {
      bareRates.push(...findBareRates(html).map(tell));
      belowFloor.push(...findRatesBelowFloor(html).map(tell));
    }
    forbiddenWords.push(...findForbiddenWords(html).map(tell));
    if (!name.startsWith('embed/') && !hasHead(html)) withoutHead.push(name);
    // A frame has room for the short mark alone.
    const mark = name.startsWith('embed/') ? 'figure.synthetic' : 'site.synthetic';
    if (!html.includes(translate(mark))) silent.push(name);
    if (/SYNTHETIC|synthetic sample/i.test(toBlocks(html).join('\n'))) marked.push(name);
    for (const match of html.matchAll(/\sdata-copy(?=[\s>])[^>]*>([^<]*)</g))
      copies.push(match[1] ?? '');
  }
  return { bareRates, forbiddenWords, belowFloor, withoutHead, silent, marked, copies };
}

function hasHead(html: string): boolean {
  const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '';
  const words = /<meta name="description" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const preview = /<meta property="og:description" content="([^"]+)"/.exec(html)?.[1] ?? '';
  return title !== '' && words.length > 20 && words === preview;
}
