/** Days on which data are known to be faulty: a ground, a dashed outline, and the reason in words under the axis. */
import { translate } from '../../i18n/translate.ts';
import { drawnProblems, type ViewContext } from '../../view/context.ts';
import type { SceneNode } from '../scene.ts';
import type { LegendItem } from './legend.ts';
import { d, group, path, rect } from './shapes.ts';
import { clampDay } from './span.ts';
import type { TimeAxis } from './time-axis.ts';

/** A day on a long axis is still seen. */
const NARROWEST = 4;

/** The entry in a legend, where there are any. */
export function problemItem(context: ViewContext): readonly LegendItem[] {
  return drawnProblems(context).length === 0
    ? []
    : [
        {
          key: 'problem',
          label: translate('problem.legend'),
          class: 'problem-mark',
          pattern: 'problem',
        },
      ];
}

/** None where no day is faulty. `ground`: left out over rows of cells, which have patterns of their own. */
export function layoutProblems(
  context: ViewContext,
  axis: TimeAxis,
  [top, bottom]: readonly [top: number, bottom: number],
  ground = true,
): readonly SceneNode[] {
  const bands = drawnProblems(context).map(({ since, until }) => {
    const x = clampDay(axis, since);
    const width = Math.max(NARROWEST, clampDay(axis, until) - x);
    return group(`${since} ${until}`, [
      ...(ground ? [rect('ground', [x, top, width, bottom - top], { pattern: 'problem' })] : []),
      path('edges', d`M${x} ${bottom}V${top}h${width}V${bottom}`),
    ]);
  });
  return bands.length === 0 ? [] : [group('problems', bands, { class: 'problem' })];
}
