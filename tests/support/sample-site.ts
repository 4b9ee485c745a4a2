/**
 * Global setup of the page tests: the sample site, built once and served for all of them. Beside it
 * a small one in pseudo-languages is built, and then that of Kenya, which some files serve by themselves, so that none of
 * them has to wait or meets another that builds it too.
 */
import type { TestProject } from 'vitest/node';
import { sharedData } from './shared-data.ts';
import {
  buildDumpSite,
  buildLanguagesSite,
  buildSampleSite,
  SUB_PATH,
  type BuiltSite,
} from './site-build.ts';
import { serveStatic } from './static-server.ts';

export interface ServedSite extends BuiltSite {
  /** `http://127.0.0.1:PORT/some/where/`; pages lie right below. */
  readonly url: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    site: ServedSite;
  }
}

/** All sites, unless they are there already for the tree as it is. */
export async function buildTestedSites(): Promise<BuiltSite> {
  const kenya = sharedData('ooni/kenya-telegram-2024');
  const say = (site: string) => (line: string) => {
    console.log(`[${site}] ${line}`);
  };
  const [built] = await Promise.all([
    buildSampleSite(say('sample site')),
    buildLanguagesSite(say('site in languages')).then(async () => {
      if (kenya !== null) await buildDumpSite('kenya', kenya, say('site of Kenya'));
    }),
  ]);
  return built;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = await buildTestedSites();
  const server = await serveStatic(built.dist, SUB_PATH);
  project.provide('site', { ...built, url: `${server.origin}${SUB_PATH}` });
  return server.close;
}
