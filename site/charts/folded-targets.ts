/**
 * What can be pointed at in a chart over time, as text in one attribute: a line for each target, after a line that says
 * what all have in common. A place that is where the one before ends, and a width like that of the one before, are left out.
 * Pages hold it so; a script makes the marks when a reader comes to the chart.
 */
import { round } from './marks/shapes.ts';
import type { RectNode, SceneData, SceneNode } from './scene.ts';

/** In place of a value that is the first of its target, as keys of rows are. */
const SAME = '=';

/** Null: they do not stand on one height, or one of them is no target. */
export function foldTargets(nodes: readonly SceneNode[]): string | null {
  const rects = nodes.flatMap((node) =>
    node.type === 'rect' && node.data !== undefined ? node : [],
  );
  const [first] = rects;
  if (first === undefined || rects.length < nodes.length) return null;
  const { y, height } = first;
  if (rects.some((rect) => rect.y !== y || rect.height !== height)) return null;
  const names = [...new Set(rects.flatMap(({ data }) => Object.keys(data ?? {})))];
  const lines = rects.map(({ x, width, data = {} }, at) => {
    const values = names.map((name) => (data[name] === undefined ? '' : escape(data[name])));
    const before = rects[at - 1];
    return [
      before !== undefined && x === endOf(before) ? '' : x,
      before?.width === width ? '' : width,
      ...values.map((value, index) =>
        index > 0 && value !== '' && value === values[0] ? SAME : value,
      ),
    ];
  });
  return [[y, height, ...names], ...lines].map((fields) => fields.join('\t')).join('\n');
}

export function unfoldTargets(text: string): readonly RectNode[] {
  const [[y = '', height = '', ...names] = [], ...lines] = text
    .split('\n')
    .map((line) => line.split('\t'));
  let end = 0;
  let size = 0;
  return lines.map(([x = '', width = '', ...values]) => {
    const left = x === '' ? end : round(Number(x));
    if (width !== '') size = Number(width);
    end = endOf({ x: left, width: size });
    const data: SceneData = Object.fromEntries(
      names.flatMap((name, index) => {
        const value = values[index] === SAME ? values[0] : values[index];
        return value === undefined || value === '' ? [] : [[name, decodeURIComponent(value)]];
      }),
    );
    return {
      type: 'rect',
      key: values[0] ?? '',
      data,
      x: left,
      y: Number(y),
      width: size,
      height: Number(height),
    };
  });
}

/** Where the next one begins, as most do. */
function endOf({ x, width }: Pick<RectNode, 'x' | 'width'>): number {
  return round(x + width);
}

function escape(value: string | number): string {
  return String(value).replace(/[%\t\n]|^=$/g, encodeURIComponent);
}
