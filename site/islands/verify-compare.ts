/** Every text with a number, as the page prints it and as it was computed. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { translate } from '../i18n/translate.ts';
import { pageRows } from '../view/table.ts';
import type { CheckedFigure, CheckedTable, CheckedText } from '../figures/checked.ts';

export interface Compared {
  readonly where: string;
  readonly printed: string;
  readonly computed: string;
}

/** `root` holds what is checked. */
export function compareTexts(root: Element, figure: CheckedFigure): readonly Compared[] {
  return [
    ...figure.texts.map((text) => ({
      where: text.where,
      printed: readText(root, text),
      computed: normalize(text.text),
    })),
    ...figure.tables.flatMap((table) => compareTable(root, table)),
  ];
}

function readText(root: Element, { selector, counted }: CheckedText): string {
  const found = [...root.querySelectorAll(selector)];
  if (counted === true) return String(found.length);
  return joinSentences(found.map(({ textContent }) => normalize(textContent)));
}

function compareTable(root: Element, { within, table }: CheckedTable): readonly Compared[] {
  const body = root.querySelector<HTMLTableElement>(`${within} .table table`)?.tBodies[0];
  const lines = new Map([...(body?.rows ?? [])].map((line) => [line.dataset['key'], line]));
  // Of a long table the page may hold a part, which is known.
  const isCut = body?.closest('table')?.hasAttribute('data-cut') === true;
  const expected = isCut ? pageRows(table) : table.rows;
  const cells = expected.flatMap(({ key, cells: row }) =>
    row.map(({ text }, index): Compared => ({
      where: `${row[0]?.text ?? key}, ${table.columns[index]?.label ?? ''}`,
      printed: normalize(lines.get(key)?.cells[index]?.textContent),
      computed: normalize(text),
    })),
  );
  const size = {
    where: translate('verify.where.rows'),
    printed: String(lines.size),
    computed: String(expected.length),
  };
  return [size, ...cells];
}

/** White space of the page’s source is none of the text’s; browsers differ in that around the dash of two dates. */
function normalize(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').replaceAll(' – ', '–').trim();
}
