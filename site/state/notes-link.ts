/**
 * A reader's notes with arrows in the fragment of a link, which browsers send to no server:
 * `#notes=outcomes&note=2024-11-07,500,250,Vote`. Whoever makes a link can write anything into it.
 */
import { toDay } from '../../data-build/contract/brands.ts';
import { toNotice, type Notice } from './notice.ts';
import { NOTE_PARAMETER, NOTES_PARAMETER } from './parameters.ts';
import { decodeText, encodeText, isForeign, parseSearch, SEARCH_LENGTH } from './search.ts';
import { capNotices } from './state.ts';

/** Where an arrow ends: in a period of the chart where it has such, so that it stays there in every shape. */
export interface OwnPlace {
  /** First day of the period; null: somewhere else in the drawing. */
  readonly period: string | null;
  /** Parts of the box of the period, or of the drawing, from its left and its top. */
  readonly x: number;
  readonly y: number;
}

export interface OwnMark {
  readonly text: string;
  readonly at: OwnPlace;
}

export interface NotesLink {
  /** Id of the figure; null: the link names none. */
  readonly chart: string | null;
  readonly marks: readonly OwnMark[];
  /** What of the link was left aside. */
  readonly notices: readonly Notice[];
}

export const MOST_NOTES = 6;
/** Longest note, in UTF-16 units, as `maxlength` counts. */
export const NOTE_LENGTH = 80;

/** Places are said in thousandths. */
const WHOLE = 1000;
const CHART = /^[a-z][\w.:-]{0,63}$/i;
const NOTE = /^([\d-]*),(\d{1,4}),(\d{1,4}),(.*)$/s;
/** What no drawing can hold, what breaks lines, and what turns the words around it. */
const UNWANTED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

export function cleanNote(text: string): string {
  return text.replaceAll(UNWANTED, ' ').trim();
}

/** Null: the fragment is of something else. Never throws. */
export function parseNotesLink(hash: string): NotesLink | null {
  if (!hash.startsWith(`#${NOTES_PARAMETER}=`)) return null;
  const { pairs, cut } = parseSearch(hash.slice(1));
  const notices: Notice[] = cut ? [toNotice('too_long', '', String(SEARCH_LENGTH))] : [];
  const marks: OwnMark[] = [];
  let chart: string | null = null;
  let tooMany = false;
  for (const [index, { name, raw }] of pairs.entries()) {
    const text = decodeText(raw);
    if (index === 0 && CHART.test(text)) chart = text;
    else if (name === NOTE_PARAMETER) {
      const mark = toMark(text);
      if (mark === null) notices.push(toNotice('unknown_value', name, text));
      else if (marks.length < MOST_NOTES) marks.push(mark);
      else tooMany = true;
    } else if (index === 0) notices.push(toNotice('unknown_value', name, text));
    else if (!isForeign(name)) notices.push(toNotice('unknown_parameter', name, text));
  }
  if (tooMany) notices.push(toNotice('too_many', NOTE_PARAMETER, String(MOST_NOTES)));
  return { chart, marks, notices: capNotices(notices) };
}

function toMark(raw: string): OwnMark | null {
  const [, period = '', left = '', top = '', words = ''] = NOTE.exec(raw) ?? [];
  const text = cleanNote(words);
  const [x, y] = [Number(left) / WHOLE, Number(top) / WHOLE];
  if (text === '' || text.length > NOTE_LENGTH || x > 1 || y > 1) return null;
  if (period !== '' && toDay(period) === null) return null;
  return { text, at: { period: period === '' ? null : period, x, y } };
}

/** The fragment with its `#`; empty without notes. */
export function formatNotesLink(chart: string, marks: readonly OwnMark[]): string {
  if (marks.length === 0) return '';
  const notes = marks.map(({ text, at: { period, x, y } }) => {
    const place = [period ?? '', Math.round(x * WHOLE), Math.round(y * WHOLE)].join(',');
    return `&${NOTE_PARAMETER}=${place},${encodeText(cleanNote(text))}`;
  });
  return `#${NOTES_PARAMETER}=${encodeText(chart)}${notes.join('')}`;
}
