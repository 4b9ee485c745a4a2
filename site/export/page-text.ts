/**
 * What a page says, as Markdown: headings, sentences, lists and tables with all their numbers, and the summary of each
 * chart. It is made from the finished page, so that the two never differ. Controls and drawings are left out.
 */
import { NodeType, parse, type HTMLElement, type Node } from 'node-html-parser';
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';

/** What a reader handles, what is said elsewhere in the text, and what is not said aloud. */
const LEFT_OUT = [
  'script, style, template, form, button, input, label, nav, noscript, search, svg:not([role="img"])',
  '[hidden], [aria-hidden="true"], .rail, .lead-actions, .figure-actions, .how-to-read, .over, .uncut, .crumbs',
  '[data-verify], #verify, #explore, details:has(> .sums), [data-snippets], details:has(> .copy)',
].join(', ');

/** Rows of a table that are written; its files have all. */
export const MOST_ROWS = 60;

const HEADING = /^H([1-6])$/;
/** Elements that stand in a line of text. */
const INLINE = new Set([
  'A',
  'B',
  'BDI',
  'CODE',
  'EM',
  'I',
  'S',
  'SMALL',
  'SPAN',
  'STRONG',
  'SUP',
  'TIME',
]);

/** `before` and `after` stand around what the page says, paragraph by paragraph. */
export function toPageText(
  html: string,
  before: readonly string[],
  after: readonly string[],
): string {
  const root = parse(html);
  // The description of a chart ends with its notes.
  for (const notes of root.querySelectorAll('figure[data-chart] .notes')) notes.remove();
  for (const element of root.querySelectorAll(LEFT_OUT)) element.remove();
  return `${[...before, ...writeBlocks(root), ...after].join('\n\n')}\n`;
}

/** Paragraphs, with a line of air between them. */
function writeBlocks(parent: HTMLElement): readonly string[] {
  const blocks: string[] = [];
  let line = '';
  const endLine = (): void => {
    if (line.trim() !== '') blocks.push(clean(line));
    line = '';
  };
  for (const node of parent.childNodes) {
    if (!isElement(node) || INLINE.has(node.tagName)) {
      line += writeInline(node);
      continue;
    }
    endLine();
    blocks.push(...writeBlock(node));
  }
  endLine();
  return blocks;
}

function writeBlock(element: HTMLElement): readonly string[] {
  const level = HEADING.exec(element.tagName)?.[1];
  if (level !== undefined) return own(element, `${'#'.repeat(Number(level))} `);
  switch (element.tagName) {
    case 'P':
    case 'FIGCAPTION':
    case 'DD':
      return own(element);
    case 'SUMMARY':
    case 'DT':
      return own(element).map((text) => `**${text}**`);
    case 'UL':
    case 'OL': {
      const items = element.childNodes.filter(isElement).map(writeBlocks);
      const lines = items.flatMap((blocks) =>
        blocks.map((text, index) => `${index === 0 ? '-' : ' '} ${text.replaceAll('\n', '\n  ')}`),
      );
      return lines.length === 0 ? [] : [lines.join('\n')];
    }
    case 'PRE':
      return [['```', element.textContent.trim(), '```'].join('\n')];
    case 'SVG':
      return element.querySelectorAll('desc').flatMap((words) => own(words));
    case 'TABLE':
      return writeTable(element);
    default:
      return writeBlocks(element);
  }
}

/** An element as one line; nothing where it is empty. */
function own(element: HTMLElement, before = ''): readonly string[] {
  const text = clean(writeInline(element));
  return text === '' ? [] : [`${before}${text}`];
}

function writeInline(node: Node): string {
  if (!isElement(node)) return toWords(node);
  const inside = node.childNodes.map(writeInline).join('');
  // Blocks in a line stand apart from what is around them.
  if (!INLINE.has(node.tagName)) return ` ${inside} `;
  if (node.tagName === 'S') return `~~${clean(inside)}~~`;
  const href = node.tagName === 'A' ? node.getAttribute('href') : undefined;
  return href === undefined || href.startsWith('#') ? inside : `[${clean(inside)}](${href})`;
}

function writeTable(table: HTMLElement): readonly string[] {
  const cellsOf = (row: HTMLElement): readonly string[] =>
    row.querySelectorAll('th, td').map((cell) => clean(toWords(cell)).replaceAll('|', '\\|'));
  const [head] = table.querySelectorAll('thead tr').map(cellsOf);
  const rows = table.querySelectorAll('tbody tr');
  if (head === undefined || rows.length === 0) return [];
  const lines = [head, head.map(() => '---'), ...rows.slice(0, MOST_ROWS).map(cellsOf)];
  const rest = rows.length - MOST_ROWS;
  return [
    lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ...(rest > 0 ? [translate('text.rows', { n: rest, shown: formatCount(MOST_ROWS) })] : []),
  ];
}

/** A mark of HTML that is a text would be one again to who reads Markdown. */
function toWords(node: Node): string {
  return node.textContent.replace(/<(?=[a-z/!?])/gi, '&lt;');
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function isElement(node: Node): node is HTMLElement {
  return node.nodeType === NodeType.ELEMENT_NODE;
}
