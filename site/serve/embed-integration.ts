/**
 * Takes what pages put into the staging folder (`build/staging`) into the built site: embeds, oEmbed answers, pictures. In
 * development the pages that were looked at are served from that folder itself. `PICTURES=off` leaves out the pictures, for
 * a quick build, and keeps no fixed embeds for later ones, which would be without them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import sirv from 'sirv';
import { hashFile, hashOf } from '../../data-build/hash.ts';
import { CHARTS } from '../figures/registry.ts';
import { pageOembedPath } from '../export/embed-links.ts';
import { toCardWords, type CardContent } from '../export/picture-words.ts';
import type { Drawing } from '../render/svg-string.ts';
import { dataFolder } from '../engine/build-data.ts';
import { siteUrl } from './base.ts';
import { keepEmbeds, listFixed, takeEmbeds } from './kept-embeds.ts';
import { moveTree } from './move-tree.ts';
import { drawPictures, type PictureJob } from './pictures.ts';

interface StagedPicture {
  readonly page: string;
  /** Name of the chart. */
  readonly name: string;
  /** Its id in the page. */
  readonly chart: string;
  /** It stands under the headline of its page. */
  readonly leads: boolean;
  /** The oEmbed answer of its page, where it is the chart that leads it; null: this build makes none. */
  readonly oembed: string | null;
  /** Null: this build makes no pictures. */
  readonly picture:
    | (PictureJob & {
        /** As it is on the card of its page. */
        readonly card: {
          readonly drawings: readonly Drawing[];
          readonly credits: readonly string[];
        };
      })
    | null;
}
interface StagedCard {
  readonly page: string;
  readonly content: CardContent;
  readonly target: string;
}

export function embeds(base: string): AstroIntegration {
  let cache = '';
  let staging = '';
  const address = `${siteUrl() ?? ''}${base}`;
  return {
    name: 'embeds',
    hooks: {
      'astro:config:setup': async ({ config }) => {
        cache = fileURLToPath(new URL('.cache/', config.root));
        staging = path.join(cache, 'embeds', String(process.pid));
        await rm(staging, { recursive: true, force: true });
        await mkdir(path.join(staging, 'site'), { recursive: true });
        process.env['STAGING_DIR'] = staging;
        process.env['SITE_CODE'] = await hashCode(fileURLToPath(config.root));
      },
      'astro:server:setup': ({ server }) => {
        const beside = sirv(path.join(staging, 'site'), { dev: true });
        server.middlewares.use(base.replace(/\/$/, ''), (request, response, next) => {
          if (/\.(?:figures|files)\.json$|\/index\.md$/.test(request.url ?? ''))
            beside(request, response, next);
          else next();
        });
        for (const place of ['embed', 'oembed', 'embed.js'])
          server.middlewares.use(
            `${base}${place}`,
            sirv(path.join(staging, 'site', place), { dev: true }),
          );
      },
      'astro:build:done': async ({ dir, logger }) => {
        const out = fileURLToPath(dir);
        const pictures = readStaged(path.join(staging, 'pictures'), isPicture);
        const cards = readStaged(path.join(staging, 'cards'), isCard);
        await moveTree(path.join(staging, 'site'), out);
        await rm(staging, { recursive: true, force: true });
        const own = await listFixed(out);
        await takeEmbeds(out, address, (line) => logger.info(line));
        if (siteUrl() === null)
          logger.warn(
            'SITE_URL is not set, so there are no oEmbed answers: these name whole addresses, and the build does not know its own. ' +
              'Build again with SITE_URL=https://…, or let the web server answer (docs/embeds.md).',
          );
        const leads = findLeads(pictures);
        for (const { page, oembed } of leads.values())
          if (oembed !== null) await writeFile(path.join(out, pageOembedPath(page)), oembed);
        if (process.env['PICTURES'] === 'off') {
          logger.warn('PICTURES=off: no pictures, and no fixed embeds kept for later builds.');
        } else {
          const jobs = [
            ...pictures.flatMap(({ picture }) => (picture === null ? [] : toOwnJob(picture, out))),
            ...cards.map((card) => toCardJob(card, leads.get(card.page))),
          ];
          const began = performance.now();
          const { count, bytes } = await drawPictures(jobs, out, cache);
          const seconds = ((performance.now() - began) / 1000).toFixed(1);
          logger.info(
            `${pictures.length} charts; ${count} pictures, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s`,
          );
          const drawn = pictures.flatMap(({ picture }) => picture?.targets ?? []);
          await keepOwn(out, [...own, ...drawn], address, (line) => logger.warn(line));
        }
      },
    },
  };
}

/** Hash of all that decides what frames say besides the data. */
async function hashCode(root: string): Promise<string> {
  const folders = ['site', 'data-build/contract', 'data-build/words'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name)),
  );
  const hashes = [...files.sort(), path.join(root, 'package-lock.json')].map(hashFile);
  return hashOf((await Promise.all(hashes)).join());
}

/** Of a frame with a picture that an earlier release has, nothing is drawn. */
function toOwnJob(picture: PictureJob, out: string): readonly PictureJob[] {
  const targets = picture.targets.filter((file) => !existsSync(path.join(out, file)));
  return targets.length === 0 ? [] : [{ ...picture, targets }];
}

async function keepOwn(
  out: string,
  files: readonly string[],
  address: string,
  warn: (line: string) => void,
): Promise<void> {
  const folder = dataFolder();
  try {
    await keepEmbeds(out, folder, files, address);
  } catch (error) {
    warn(
      `The fixed embeds of this release were not kept in ${folder}: ${error instanceof Error ? error.message : String(error)}. ` +
        'Make the folder writable and build again, or they will be missing once there is a newer release.',
    );
  }
}

/** What pages wrote, by name of the file; whatever is not of the shape that was asked for is a fault of ours. */
function readStaged<T>(folder: string, is: (value: unknown) => value is T): readonly T[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const value: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      if (!is(value))
        throw new Error(`${name} in the staging folder is not what build/staged-embeds writes.`);
      return value;
    });
}

function isPicture(value: unknown): value is StagedPicture {
  return isOfPage(value) && ['name', 'chart', 'picture', 'oembed'].every((key) => key in value);
}

function isCard(value: unknown): value is StagedCard {
  return isOfPage(value) && 'content' in value && 'target' in value;
}

function isOfPage(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'page' in value;
}

/** The chart that stands for its page: that of its headline, else the first by the order of charts. */
function findLeads(pictures: readonly StagedPicture[]): ReadonlyMap<string, StagedPicture> {
  const order = CHARTS.map(({ name }) => name);
  const placeOf = ({ leads: isFirst, name }: StagedPicture): number =>
    isFirst ? -1 : order.indexOf(name);
  const leads = new Map<string, StagedPicture>();
  for (const picture of pictures) {
    const before = leads.get(picture.page);
    if (before === undefined || placeOf(picture) < placeOf(before))
      leads.set(picture.page, picture);
  }
  return leads;
}

function toCardJob({ content, target }: StagedCard, lead: StagedPicture | undefined): PictureJob {
  const card = lead?.picture?.card;
  const own = card === undefined ? content : { ...content, credits: card.credits };
  return {
    shape: 'card',
    words: toCardWords(own, card !== undefined),
    drawings: card?.drawings ?? [],
    targets: [target],
  };
}
