import { expect, inject, it } from 'vitest';
import { deadLinks } from '../support/crawl.ts';
import { SUB_PATH } from '../support/site-build.ts';

// Sites at `/` are looked at in tests/builds/cc0-site.test.ts and in real-data.test.ts.
it('links inside a site below a path lead somewhere', () => {
  expect(deadLinks(inject('site').dist, SUB_PATH)).toEqual([]);
});
