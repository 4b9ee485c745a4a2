/** Global setup of the page tests: the sample site, built once and served for all of them. */
import type { TestProject } from 'vitest/node';
import { buildSampleSite, SUB_PATH, type BuiltSite } from './site-build.ts';
import { serveStatic } from './static-server.ts';

export interface ServedSite extends BuiltSite {
  /** `http://127.0.0.1:PORT`; pages lie right below. */
  readonly origin: string;
  /** The same site mounted below a path, with a slash at the end. */
  readonly subPathUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    site: ServedSite;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = buildSampleSite((line) => {
    console.log(`[sample site] ${line}`);
  });
  const server = await serveStatic(built.dist);
  const subPathServer = await serveStatic(built.subPathDist, SUB_PATH);
  project.provide('site', {
    ...built,
    origin: server.origin,
    subPathUrl: `${subPathServer.origin}${SUB_PATH}`,
  });
  return async () => {
    await server.close();
    await subPathServer.close();
  };
}
