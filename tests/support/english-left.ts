/**
 * English that a page in a pseudo-language still shows. There all words of ours are written in other letters, and so are days,
 * numbers and names of places; a part of a message is isolated, and data stand in elements with `translate="no"`. So any
 * Latin letters elsewhere came from no word file.
 */
import { parse, type HTMLElement, type Node } from 'node-html-parser';

/** Attributes that a reader sees or hears. */
const SPOKEN = [
  'title',
  'alt',
  'aria-label',
  'aria-valuetext',
  'placeholder',
  'data-label',
  'label',
];
const SPOKEN_META =
  /^(?:description|og:title|og:description|og:image:alt|twitter:image:alt|citation_title)$/;
/** Elements whose text nobody reads, and code. */
const SILENT = new Set(['SCRIPT', 'STYLE', 'CODE', 'PRE']);

const LETTERS = /[A-Za-z]{2,}/;
/** Two words of a sentence, which is what no name, number or address of the data is. */
const SENTENCE = /(?<![\w.\-/@])[a-z]{3,} [a-z]{3,}(?![\w\-/@])/;

/** What of a text is left in English; null when nothing is. */
export function findEnglish(text: string): string | null {
  // A line of a long label may begin or end inside of a part.
  let own = text.replace(/^[^\u2068]*\u2069/, '\u2068$&');
  const parts: string[] = [];
  for (let before = ''; before !== own;) {
    before = own;
    own = own.replace(/\u2068([^\u2068\u2069]*)(?:\u2069|$)/g, (_, part: string) => {
      parts.push(part);
      return '';
    });
  }
  if (LETTERS.test(own)) return own.trim();
  return parts.find((part) => SENTENCE.test(part)) ?? null;
}

/** One line for each text with English in it: where, and the text. */
export function listEnglish(html: string): readonly string[] {
  const root = parse(html.replace(/^\s*<!doctype[^>]*>/i, ''), {
    comment: false,
    blockTextElements: { script: true, style: true, pre: false },
  });
  const found: string[] = [];
  const look = (where: string, text: string): void => {
    const english = findEnglish(text.replace(/\s+/g, ' '));
    if (english !== null) found.push(`${where}: ${english.slice(0, 120)}`);
  };
  const visit = (node: Node, where: string): void => {
    if (!isElement(node)) {
      look(where, node.text);
      return;
    }
    if (SILENT.has(node.tagName) || node.getAttribute('translate') === 'no') return;
    const name = node.rawTagName.toLowerCase();
    const own = `${where} ${name}${node.classNames === '' ? '' : `.${node.classNames}`}`
      .trim()
      .split(' ')
      .slice(-5)
      .join(' ');
    for (const attribute of SPOKEN)
      look(`${own}[${attribute}]`, node.getAttribute(attribute) ?? '');
    const meta = node.getAttribute('name') ?? node.getAttribute('property') ?? '';
    if (name === 'meta' && SPOKEN_META.test(meta)) look(meta, node.getAttribute('content') ?? '');
    for (const child of node.childNodes) visit(child, own);
  };
  for (const child of root.childNodes) visit(child, '');
  return found;
}

function isElement(node: Node): node is HTMLElement {
  return 'tagName' in node;
}
