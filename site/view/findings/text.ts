/**
 * The text of a finding: paragraphs, headings (`##`), lists, quotes, and in them **strong**, *emphasis*, `code` and
 * [links](https://example.org). It becomes values, never HTML: what is not among these stays the text that it is.
 */

export type FindingPart =
  | { readonly kind: 'text' | 'strong' | 'em' | 'code'; readonly text: string }
  /** Of the web, or below the root of the site: `/country/KE/`. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export interface FindingBlock {
  readonly kind: 'paragraph' | 'heading' | 'quote' | 'list' | 'numbers';
  /** Of a list, its items; else one. */
  readonly lines: readonly (readonly FindingPart[])[];
}

const INLINE =
  /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^\s()]+|\/(?!\/)[^\s()]*)\)/g;

export function parseText(text: string): readonly FindingBlock[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
    .map(toBlock);
}

/** Its first words, for cards and feeds, without marks. */
export function firstWords(text: string): string {
  const paragraph = parseText(text).find(({ kind }) => kind === 'paragraph');
  return (paragraph?.lines[0] ?? []).map((part) => part.text).join('');
}

function toBlock(block: string): FindingBlock {
  const lines = block.trim().split('\n');
  const each = (mark: RegExp): FindingBlock['lines'] =>
    lines.map((line) => toParts(line.replace(mark, '')));
  const all = (mark: RegExp): boolean => lines.every((line) => mark.test(line));
  if (all(/^[-*] /)) return { kind: 'list', lines: each(/^[-*] /) };
  if (all(/^\d+\. /)) return { kind: 'numbers', lines: each(/^\d+\. /) };
  const whole = (mark: RegExp) => [toParts(lines.map((line) => line.replace(mark, '')).join(' '))];
  if (lines.length === 1 && all(/^#{1,6} /)) return { kind: 'heading', lines: whole(/^#+ /) };
  if (all(/^> ?/)) return { kind: 'quote', lines: whole(/^> ?/) };
  return { kind: 'paragraph', lines: whole(/^/) };
}

function toParts(text: string): readonly FindingPart[] {
  const parts: FindingPart[] = [];
  let at = 0;
  const plain = (until: number): void => {
    if (until > at) parts.push({ kind: 'text', text: text.slice(at, until) });
  };
  for (const match of text.matchAll(INLINE)) {
    const [whole, strong, em, code, label, href] = match;
    plain(match.index);
    at = match.index + whole.length;
    if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (em !== undefined) parts.push({ kind: 'em', text: em });
    else if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (label !== undefined && href !== undefined)
      parts.push({ kind: 'link', text: label, href });
  }
  plain(text.length);
  return parts;
}
