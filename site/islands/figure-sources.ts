/** The source lines of a figure that was drawn again. They name only publishers whose data it shows, with their days. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { toSourceLines, type SourceDays } from '../export/source-lines.ts';
import { element } from './element.ts';

/** Writes lines as `SourceLine.astro` does, and returns the first. */
export function writeSources(
  figure: HTMLElement,
  sources: readonly SourceDays[],
  manifest: Manifest,
): string {
  const caption = figure.querySelector('figcaption');
  // A chart without any data in its days keeps the lines it had.
  if (sources.length === 0)
    return caption?.querySelector('[data-part="source"]')?.textContent ?? '';
  const lines = toSourceLines(sources, manifest);
  for (const line of caption?.querySelectorAll('[data-publisher]') ?? []) line.remove();
  lines.forEach(({ credit }, index) => {
    const line = element('span', credit);
    line.dataset['publisher'] = sources[index]?.source ?? '';
    if (index === 0) line.dataset['part'] = 'source';
    caption?.append(line);
  });
  return lines[0]?.credit ?? '';
}
