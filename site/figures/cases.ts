/** The hand-made cases of all figures, found in their folders. */
/// <reference types="vite/types/importMeta.d.ts" />
import type { FigureCase } from './case-rows.ts';
import { CHARTS } from './registry.ts';

const FOUND = import.meta.glob<{ readonly CASES: readonly FigureCase[] }>('./*/cases.ts', {
  eager: true,
});

/** In the order of the registry. */
export const GALLERY_CASES: readonly FigureCase[] = CHARTS.flatMap(
  ({ name }) => FOUND[`./${name}/cases.ts`]?.CASES ?? [],
);
