/** Finds the chart that a link names: on its page in the present release, or among the layers of the world map. */
import { EngineFailure } from '../engine/wasm/failure.ts';
import { findLayer, frameOfLayer, listLayers, type WorldLayer } from '../figures/world/layers.ts';
import { world } from '../figures/world/figure.ts';
import { DRAWN_FIGURES } from '../figures/registry.ts';
import type { FigureRequest } from '../figures/request.ts';
import { citedPath, WORLD_CHART, type Permalink } from '../state/permalink.ts';
import { fileAddress, pageAddress } from './address.ts';
import { loadFigureFile } from './figure-file.ts';
import { loadShapes } from './map-shapes.ts';

/** What the page asks for the chart today. Null: there is no such page or no such chart on it. Rejects when it does not arrive. */
export async function findChart(link: Permalink): Promise<FigureRequest | null> {
  const { page, chart } = link;
  const id = chart ?? (page.kind === 'home' ? WORLD_CHART : null);
  if (id === null) return null;
  const layer = layerOf(link, id);
  if (layer === undefined) return null;
  const request =
    layer === null
      ? await findOnPage(citedPath(page), id)
      : await findIn(fileAddress(`world/${layer.name}.json`), world.name);
  const figure = DRAWN_FIGURES.find(({ name }) => name === request?.chart);
  if (request === null || figure === undefined) return null;
  if (figure.onShapes === true && !(await loadShapes()))
    throw new EngineFailure('unreachable', { url: fileAddress('world/shapes.json') });
  return request;
}

/** The layer of the world map that a link asks for. Null: it asks for a chart of the page itself; undefined: there is no such layer. */
function layerOf({ page, state }: Permalink, chart: string): WorldLayer | null | undefined {
  if (chart === WORLD_CHART) return state.layer === null ? null : findLayer(state.layer);
  const path = citedPath(page);
  const found = listLayers().find((layer) => {
    const frame = frameOfLayer(layer);
    return frame.page === path && frame.chart === chart;
  });
  return found ?? null;
}

async function findOnPage(path: string, chart: string): Promise<FigureRequest | null> {
  const address = pageAddress(path);
  const html = await fetchThere(address);
  const [, file] = /<html[^>]*\sdata-figures="([^"]+)"/.exec((await html?.text()) ?? '') ?? [];
  return file === undefined ? null : findIn(new URL(file, address).href, chart);
}

async function findIn(address: string, chart: string): Promise<FigureRequest | null> {
  if ((await fetchThere(address)) === null) return null;
  return (await loadFigureFile(address)).figures[chart]?.request ?? null;
}

/** Null: there is nothing at the address. */
async function fetchThere(address: string): Promise<Response | null> {
  const response = await fetch(address).catch(() => null);
  if (response?.status === 404) return null;
  if (response?.ok !== true) throw new EngineFailure('unreachable', { url: address });
  return response;
}

/** The release that a fixed frame was made of, as it says itself; null: it is not here any more. */
export async function releaseOfFrame(frame: string): Promise<string | null> {
  const text = (await (await fetchThere(fileAddress(frame)))?.text()) ?? '';
  return /[?;&]release=(\d{4}-\d{2}-\d{2}-[0-9a-f]{8})/.exec(text)?.[1] ?? null;
}
