/** The folder where pages put what belongs to the built site while they are drawn, and the scripts and looks that all embeds share. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { hashOf } from '../../data-build/hash.ts';
import frameScript from '../embed/frame.ts?raw';
import hostScript from '../embed/host.ts?raw';
import leadScript from '../embed/lead.ts?raw';
import { embedCss } from '../embed/look.ts';
import { fileHref } from './address.ts';

/** Pixels that an embed is made for. */
export const FRAME_WIDTH = 720;

/** The folder, or null where nothing collects, as in tests of single components. */
export function staging(): string | null {
  return process.env['STAGING_DIR'] ?? null;
}

export function shortHash(text: string): string {
  return hashOf(text).slice(0, 8);
}

const LOOK = embedCss();
const FRAME = stripTypes(frameScript);
export const LOOK_PATH = `embed/look-${shortHash(LOOK)}.css`;
export const FRAME_PATH = `embed/frame-${shortHash(FRAME)}.js`;
const LEAD = stripTypes(leadScript);
export const LEAD_PATH = `embed/lead-${shortHash(LEAD)}.js`;
let assetsWritten: string | null = null;

/** Types go, and with them comments and indents. */
function stripTypes(source: string): string {
  return stripTypeScriptTypes(source.replace(/^\s*(?:\/\*\*?[^]*?\*\/|\/\/.*)$/gm, ''))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}

/** Puts a text into the folder. */
export function put(folder: string, file: string, text: string): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Puts a file of the built site into the staging folder; false: nothing collects. */
export function stageFile(file: string, text: string): boolean {
  const folder = staging();
  if (folder !== null) put(folder, `site/${file}`, text);
  return folder !== null;
}

/** As `stageFile`, of a script as it is written, types and all. */
export function stageScript(file: string, source: string): boolean {
  return stageFile(file, stripTypes(source));
}

/** Puts what all embeds share into the folder, once. */
export function putAssets(folder: string): void {
  if (assetsWritten === folder) return;
  assetsWritten = folder;
  put(folder, `site/${LOOK_PATH}`, LOOK);
  put(folder, `site/${FRAME_PATH}`, FRAME);
  put(folder, `site/${LEAD_PATH}`, LEAD);
  put(folder, 'site/embed.js', stripTypes(hostScript));
}

/** The script that all embeds share; stages it, for pages that have no chart of their own. */
export function frameScriptHref(): string {
  const folder = staging();
  if (folder !== null) putAssets(folder);
  return fileHref(FRAME_PATH);
}

/** A path below the base as an address: with the origin where the site knows it, else from the root. */
export function embedHref(file: string, site: URL | undefined): string {
  const rooted = fileHref(encodeURI(file));
  return site === undefined ? rooted : new URL(rooted, site).href;
}
