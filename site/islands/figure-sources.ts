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
  const link = caption?.querySelector('a') ?? null;
  // A chart without any data in its days keeps the lines it had.
  if (sources.length === 0)
    return caption?.querySelector('[data-part="source"]')?.textContent ?? '';
  const lines = toSourceLines(sources, manifest);
  for (const line of caption?.querySelectorAll('[data-publisher]') ?? []) line.remove();
  lines.forEach(({ text, attribution }, index) => {
    const line = document.createElement('span');
    line.dataset['publisher'] = sources[index]?.source ?? '';
    if (index > 0) line.append(document.createElement('br'));
    const named = element('span', text);
    if (index === 0) named.dataset['part'] = 'source';
    line.append(named, ` ${attribution} `);
    caption?.insertBefore(line, link);
  });
  return lines[0]?.text ?? '';
}
