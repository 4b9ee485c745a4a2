/** A reader's notes on a picture: they stay at their day in every shape, inside of the drawing, and nowhere else. */
import { describe, expect, it } from 'vitest';
import {
  findDrawing,
  movePlace,
  placeAt,
  startPlace,
  withOwnMarks,
} from '../../site/render/own-marks.ts';
import type { Drawing } from '../../site/render/svg-string.ts';

function drawingOf(width: number, left: number): Drawing {
  const days = ['2024-11-06', '2024-11-07', '2024-11-08'];
  const slots = days.map(
    (day, index) =>
      `<rect x="${left + index * 40}" y="20" width="40" height="100" data-period="${day}"/>`,
  );
  return {
    svg: `<svg viewBox="0 0 ${width} 160"><g class="targets">${slots.join('')}</g></svg>`,
    width,
    height: 160,
  };
}
const wide = drawingOf(400, 100);
const narrow = drawingOf(200, 30);

const tipOf = ({ svg }: Drawing): readonly number[] =>
  /class="arrow" d="M[^L]*L([\d.]+) ([\d.]+)/.exec(svg)?.slice(1).map(Number) ?? [];

describe('a note with an arrow', () => {
  it('ends where the reader pointed, at the same day in another shape', () => {
    const at = placeAt(wide, 150, 70);
    expect(at).toEqual({ period: '2024-11-07', x: 0.5, y: 0.5 });
    expect(tipOf(withOwnMarks(wide, [{ text: 'Vote', at }]))).toEqual([160, 70]);
    expect(tipOf(withOwnMarks(narrow, [{ text: 'Vote', at }]))).toEqual([90, 70]);
  });

  it('can end outside of all days, and moves by keys from day to day, not past the last', () => {
    expect(placeAt(wide, 40, 80)).toEqual({ period: null, x: 0.1, y: 0.5 });
    const begun = startPlace(wide);
    const right = movePlace(wide, movePlace(wide, begun, 1, 0), 1, 0);
    expect(right.period).toBe('2024-11-08');
    expect(movePlace(wide, begun, 0, -1).y).toBeLessThan(begun.y);
    expect(movePlace(wide, { period: null, x: 0, y: 0 }, -1, -1)).toMatchObject({ x: 0, y: 0 });
  });

  it('keeps its box inside, and writes what was typed as text', () => {
    for (const y of [0, 0.5, 1])
      for (const period of ['2024-11-06', '2024-11-08']) {
        const text = 'A rather long note about <b>an election</b> & "more"';
        const { svg } = withOwnMarks(narrow, [{ text, at: { period, x: 0.5, y } }]);
        const box =
          /class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/
            .exec(svg)
            ?.slice(1)
            .map(Number) ?? [];
        const [left = -1, top = -1, width = 999, height = 999] = box;
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + width).toBeLessThanOrEqual(narrow.width);
        expect(top + height).toBeLessThanOrEqual(narrow.height);
        expect(svg).not.toContain('<b>');
        expect(svg).toContain('&lt;b&gt;');
      }
  });

  it('leaves a drawing without notes alone', () => {
    expect(withOwnMarks(wide, [])).toBe(wide);
  });

  it('finds the drawing that a picture holds', () => {
    const picture =
      '<svg width="1200"><svg class="chart" x="44" y="90" width="800" height="320" viewBox="0 0 400 160"></svg></svg>';
    expect(findDrawing(picture, [narrow, wide])).toEqual({
      drawing: wide,
      box: { x: 44, y: 90, width: 800, height: 320 },
    });
    expect(findDrawing('<svg></svg>', [wide])).toBeNull();
  });
});
