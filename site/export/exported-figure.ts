/** A chart taken out of its page: drawings, words, table and sources, all that an embed, a picture or a file needs. */
import { endSentence, joinSentences } from '../../data-build/words/sentences.ts';
import { PUBLISHERS, type PublisherId } from '../../data-build/contract/publishers.ts';
import type { FigureView } from '../figures/figure.ts';
import { layoutWithin } from '../figures/registry.ts';
import type { Scene } from '../charts/scene.ts';
import {
  BUILD_WIDTHS,
  CARD_ROOM,
  CARD_SIZE,
  FRAME_ROOM,
  FULL_WIDTH,
  LINE_HEIGHT,
} from '../charts/size.ts';
import { translate } from '../i18n/translate.ts';
import { writeSvg, type Drawing } from '../render/svg-string.ts';
import type { TableModel } from '../view/table.ts';
import { writeTsv } from './csv.ts';

export interface ExportedSource {
  /** Of the publisher, as the release has it. */
  readonly name: string;
  /** Publisher, licence, days, release. */
  readonly text: string;
  /** The same in short, `OONI · CC BY-NC-SA 4.0 · 15 Oct – 29 Nov 2024`. */
  readonly credit: string;
  readonly attribution: string;
  readonly licence: string;
  readonly licenceUrl: string;
  /** How the numbers came about, in a sentence or two. */
  readonly method: string;
}

export interface ExportedFigure {
  /** Path of its page below the site: `country/KE/`; '' is the front page. */
  readonly page: string;
  /** Its id in that page. */
  readonly chart: string;
  /** What a reader chose there, as in the address: `?since=2024-11-07`; left out: the chart as published. */
  readonly search?: string;
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  /** Denominators, networks, dates, caveats: the alternative text. */
  readonly desc: string;
  readonly notes: readonly string[];
  readonly table: TableModel;
  readonly sources: readonly ExportedSource[];
  /** The data release it was drawn from. */
  readonly release: string;
  readonly synthetic: boolean;
  /** For frames and pictures by the room there is, and low for cards, drawn when it is asked for. */
  readonly drawings: Readonly<Record<'wide' | 'narrow' | 'card', Drawing>> & {
    /** Null: it is as the wide one. */
    readonly full: Drawing | null;
  };
  readonly rows: number;
  /** SHA-256 of {@link exportedNumbers}; null where it could not be computed. */
  readonly sha256: string | null;
}

/** What is known of a chart besides its view. */
export type ExportOrigin = Pick<
  ExportedFigure,
  'page' | 'chart' | 'search' | 'sources' | 'release' | 'synthetic' | 'sha256'
>;

export function exportFigure(view: FigureView, origin: ExportOrigin): ExportedFigure {
  const draw = (width: number, room: number): Scene =>
    layoutWithin(view, { width }, room, origin.synthetic);
  const wide = draw(BUILD_WIDTHS.wide, FRAME_ROOM.wide);
  // A sample says below the chart that it is one.
  const said = origin.synthetic ? LINE_HEIGHT : 0;
  const narrow = draw(BUILD_WIDTHS.narrow, FRAME_ROOM.narrow - said);
  const full = draw(FULL_WIDTH, FRAME_ROOM.full);
  return {
    ...origin,
    name: view.chart,
    title: view.title,
    subtitle: view.subtitle,
    desc: view.desc,
    notes: view.notes,
    table: view.table,
    drawings: {
      wide: toDrawing(wide, origin.chart, 'wide'),
      narrow: toDrawing(narrow, `${origin.chart}-n`, 'narrow'),
      full: full.width === FULL_WIDTH ? toDrawing(full, `${origin.chart}-f`, 'full') : null,
      get card(): Drawing {
        return toDrawing(layoutWithin(view, CARD_SIZE, CARD_ROOM), origin.chart, 'narrow');
      },
    },
    rows: wide.rows,
  };
}

/**
 * The wide drawing names itself; the narrow one is a second drawing of the same. What can be pointed at in a page stays
 * behind: away from it there is nobody to read it out.
 */
function toDrawing(scene: Scene, idPrefix: string, shape: 'wide' | 'narrow' | 'full'): Drawing {
  const role = shape === 'wide' ? 'img' : 'hidden';
  const still = { ...scene, children: scene.children.filter(({ key }) => key !== 'targets') };
  return {
    svg: writeSvg(still, { role, idPrefix, class: shape }),
    width: scene.width,
    height: scene.height,
  };
}

/** The table of a chart as tab-separated text, labels first: the text whose SHA-256 is printed with it. */
export function exportedNumbers({ columns, rows }: Pick<TableModel, 'columns' | 'rows'>): string {
  return writeTsv([
    columns.map(({ label }) => label),
    ...rows.map(({ cells }) => cells.map(({ text }) => text)),
  ]);
}

/** `country/KE/outcomes@2026-01-30-6e438a0c`: stands for the view at `/<page>?release=<release>#<chart>`. */
export function exportedId({
  page,
  chart,
  search = '',
  release,
}: Pick<ExportedFigure, 'page' | 'chart' | 'search' | 'release'>): string {
  return `${page}${chart}${search}@${release}`;
}

/** What the description says beyond the notes: how many tests, networks, dates; which periods are grey. */
export function exportedExtent({ desc, notes }: Pick<ExportedFigure, 'desc' | 'notes'>): string {
  return notes
    .reduce((text, note) => text.replace(note, ''), desc)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Alternative text of a picture: the finding, what was measured, denominators, caveats. */
export function exportedAlt({ title, subtitle, desc, synthetic }: ExportedFigure): string {
  return joinSentences([
    synthetic ? translate('figure.synthetic') : null,
    endSentence(title),
    endSentence(subtitle),
    desc,
  ]);
}

/** How the numbers of a publisher came about. */
export function methodOf(source: PublisherId): string {
  const { witness } = PUBLISHERS[source];
  return witness === null ? '' : translate(`embed.method.${witness}`);
}
