/** A chart taken out of its page: drawings, words, table and sources, all that an embed, a picture or a file needs. */
import { isolate } from '../../data-build/words/isolate.ts';
import { endSentence, joinSentences } from '../../data-build/words/sentences.ts';
import { PUBLISHERS, type PublisherId } from '../../data-build/contract/publishers.ts';
import type { FigureView } from '../figures/figure.ts';
import { layoutWithin } from '../figures/registry.ts';
import type { Scene } from '../charts/scene.ts';
import { BUILD_WIDTHS, CARD_ROOM, CARD_SIZE, FULL_WIDTH } from '../charts/size.ts';
import { translate } from '../i18n/translate.ts';
import { formatClauses } from '../view/format.ts';
import { writeSvg, type Drawing } from '../render/svg-string.ts';
import type { TableModel } from '../view/table.ts';
import { writeTsv } from './csv.ts';
import { frameRoom, type FrameShape } from './frame-room.ts';

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
  /** Height that its words leave for a drawing in a frame. */
  readonly rooms: Readonly<Record<FrameShape, number>>;
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
  const words = {
    title: view.title,
    subtitle: view.subtitle,
    credit: joinSentences([markOf(origin), exportedCredit(origin)]),
  };
  const rooms = {
    narrow: frameRoom(words, 'narrow'),
    wide: frameRoom(words, 'wide'),
    full: frameRoom(words, 'full'),
  };
  const wide = draw(BUILD_WIDTHS.wide, rooms.wide);
  const narrow = draw(BUILD_WIDTHS.narrow, rooms.narrow);
  const full = draw(FULL_WIDTH, rooms.full);
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
    rooms,
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

/** That it is a sample; null: it is none. */
export function markOf({ synthetic }: Pick<ExportedFigure, 'synthetic'>): string | null {
  return synthetic ? translate('figure.synthetic') : null;
}

/** Whose data, under which licence, of which days: each publisher with its own. */
export function exportedCredit({ sources }: Pick<ExportedFigure, 'sources'>): string {
  return sources.length === 0 ? '' : formatClauses(sources.map(({ credit }) => isolate(credit)));
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
