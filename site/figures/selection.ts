/** A chart with less in it: series that a reader took out, rows that a reader ticked. */
import { toDay } from '../../data-build/contract/brands.ts';
import { hideSeries, markCells, markPeriods } from '../charts/chosen.ts';
import type { Scene } from '../charts/scene.ts';
import type { ChartSize } from '../charts/size.ts';
import { markSynthetic } from '../charts/watermark.ts';
import { rowSubject, type ChartSelection } from '../view/selection.ts';
import type { FigureView } from './figure.ts';
import { findChart } from './registry.ts';

/** What ticked rows do: periods are marked, others stand alone. */
export interface Ticked {
  readonly kind: 'periods' | 'rows';
  readonly shown: number;
  readonly total: number;
  /** Ticked, but more than there is room for. */
  readonly missing: number;
}

export interface SelectionDrawing {
  readonly scene: Scene;
  /** Null: no row is ticked. */
  readonly ticked: Ticked | null;
}

/** `rows` of the selection are keys of the table. */
export function layoutSelection(
  view: FigureView,
  selection: ChartSelection,
  size: ChartSize,
  synthetic: boolean,
): SelectionDrawing {
  const chart = findChart(view);
  const bare = chart.layout(chart.select?.(view, selection) ?? view, size);
  const drawing = tick(hideSeries(bare, selection.hidden), view, selection.rows, size);
  return synthetic ? { ...drawing, scene: markSynthetic(drawing.scene) } : drawing;
}

function tick(
  scene: Scene,
  { table, context: { frame } }: FigureView,
  rows: ReadonlySet<string> | null,
  size: ChartSize,
): SelectionDrawing {
  if (rows === null) return { scene, ticked: null };
  const keys = table.rows.map(({ key }) => key);
  const total = new Set(keys.map(rowSubject)).size;
  const wanted = new Set([...rows].map(rowSubject)).size;
  if ([...rows].every((key) => toDay(key) !== null)) {
    const ticked = { kind: 'periods', shown: wanted, total, missing: 0 } as const;
    return { scene: markPeriods(scene, size, frame, rows, keys), ticked };
  }
  const shown = Math.min(wanted, scene.rows);
  const ticked = { kind: 'rows', shown, total, missing: wanted - shown } as const;
  return { scene: markCells(scene, size, frame, rows), ticked };
}
