/** Texts as they must stand in a page, each with the place where it stands. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { translate } from '../i18n/translate.ts';
import type { ChartWords } from '../view/context.ts';
import type { TableModel } from '../view/table.ts';

export interface CheckedText {
  /** For a reader: `Headline`. */
  readonly where: string;
  /** Below the element that is checked; several elements are read as one text. */
  readonly selector: string;
  /** Their number is the text. */
  readonly counted?: true;
  readonly text: string;
}

export interface CheckedTable {
  /** What holds it, below the element that is checked; empty where that has one table alone. */
  readonly within: string;
  readonly table: TableModel;
}

export interface CheckedFigure {
  readonly texts: readonly CheckedText[];
  /** Every cell of them. */
  readonly tables: readonly CheckedTable[];
}

/** A figure with headline, measure, notes and table. */
export function toCheckedWords({
  title,
  subtitle,
  notes,
  table,
}: Pick<ChartWords, 'title' | 'subtitle' | 'notes' | 'table'>): CheckedFigure {
  const part = (name: string): string => `[data-part="${name}"]`;
  return {
    texts: [
      {
        where: translate('verify.where.title'),
        selector: part('title'),
        text: title,
      },
      {
        where: translate('verify.where.subtitle'),
        selector: part('subtitle'),
        text: subtitle,
      },
      {
        where: translate('verify.where.notes'),
        selector: `${part('notes')} li`,
        text: joinSentences(notes),
      },
    ],
    tables: [toCheckedTable(table)],
  };
}

/** The only table. */
export function toCheckedTable(table: TableModel): CheckedTable {
  return { within: '', table };
}

/** One sentence, or a few. */
export function toCheckedSentence(selector: string, text: string): CheckedText {
  return { where: translate('verify.where.sentence'), selector, text };
}
