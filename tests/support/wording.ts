/** Reads the text of built pages the way a reader meets it, block by block, and finds what must not be said. */

let last: { readonly html: string; readonly blocks: readonly string[] } | undefined;

/** Text of every block: paragraphs, items, headings, lists of terms, titles and descriptions of drawings, metadata. */
export function toBlocks(html: string): readonly string[] {
  // A page is looked through for one thing after the other.
  if (last?.html !== html) last = { html, blocks: readBlocks(html) };
  return last.blocks;
}

function readBlocks(html: string): readonly string[] {
  const tags = 'p|li|h1|h2|h3|dl|summary|caption|title|desc';
  const inside = [...html.matchAll(new RegExp(`<(${tags})\\b[^>]*>(.*?)</\\1>`, 'gs'))].map(
    (match) => match[2] ?? '',
  );
  const attributes = [
    ...html.matchAll(/<meta (?:name|property)="(?:og:)?description" content="([^"]*)"/g),
  ].map((match) => match[1] ?? '');
  return [...inside, ...attributes].map(toText).filter((text) => text !== '');
}

function toText(html: string): string {
  return html
    .replace(/<(?:details|svg|table)\b.*?<\/(?:details|svg|table)>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Percentages that are no rates of tests: levels of confidence, thresholds of rules, legends, bytes of addresses. */
const NO_RATES = [
  /(?:%[0-9A-F]{2})+/g,
  /95 ?% (?:Wilson )?(?:interval|chance)s?(?: [<>]?[\d.]+ ?% ?– ?[<>]?[\d.]+ ?%)?/g,
  /at least [<>]?[\d.]+ ?% of attempts/g,
  /\(about 5% of tests\)/g,
  /Strong: at least [^.]*\. Moderate: [^.]*\. Weak: [^.]*\.|low end is below [\d.]+%/g,
  /(?:up to|above) \d+%$/g,
  /(?:75|25|10|90)% were below|middle 80% of tests/g,
  /round-trip time rises by less than 30%/g,
];
const PERCENT = /[<>]?\d[\d.]* ?%/;
const DENOMINATOR =
  /[\d,]+ of [\d,]+|\([\d,]+ tests\)|Mbit\/s|usual number|two weeks from then|% from [\d,.]+ \([^)]+\) to [\d,.]+/;
const DATE = /\b(?:19|20)\d\d\b/;

/** Blocks with a rate that lacks its denominator or its dates. */
export function findBareRates(html: string): readonly string[] {
  return toBlocks(html).filter((block) => {
    const rest = NO_RATES.reduce((text, pattern) => text.replaceAll(pattern, ' '), block);
    return PERCENT.test(rest) && !(DENOMINATOR.test(block) && DATE.test(block));
  });
}

/** Names of things and explanations in which the words may stand. */
const ALLOWED = [
  /known block(?:ing)? (?:page|address)e?s?(?: or (?:blocking )?address(?:es)?)?/gi,
  /block pages? (?:can be|is|was|were) served/gi,
  /Only a block page can confirm/g,
  /does not mean that nothing is blocked/g,
  /a website that blocks visitors itself/g,
  /go(?:es)? around blocks/g,
  /URL testing lists intended for discovering website censorship/g,
  /nearly always reported blocking where there was none/g,
  /SNI blocking/g,
  /from the tool (?:itself )?being blocked/g,
  /blocking (?:type|method|detail|address|fingerprint)s?/gi,
];
const FORBIDDEN =
  /\b(?:un)?block(?:ed|s|ing)\b|\bcensor\w*|\bgovernment (?:block|censor|interfer)\w*/i;

/** Blocks that call something blocked outside an explanation. Pages with rules quote the publishers' own terms. */
export function findForbiddenWords(html: string): readonly string[] {
  if (/<code>[a-z_]+\.[a-z_]+<\/code>/.test(html) || html.includes('dictionary.json')) return [];
  return toBlocks(html).filter((block) =>
    FORBIDDEN.test(ALLOWED.reduce((text, pattern) => text.replaceAll(pattern, ' '), block)),
  );
}

/** A rate of a country, place, website or category needs 30 tests; of a network 15; of a cell 5. */
export function findRatesBelowFloor(html: string): readonly string[] {
  const texts = [
    ...toBlocks(html),
    ...[...html.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)].map((match) => toText(match[1] ?? '')),
  ];
  return texts.filter((text) =>
    [...text.matchAll(/[<>]?[\d.]+% \(([\d,]+) of ([\d,]+)\)/g)].some(
      (match) => Number((match[2] ?? '').replaceAll(',', '')) < 5,
    ),
  );
}
