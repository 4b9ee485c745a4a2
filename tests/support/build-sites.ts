/** Builds the sites that page tests look at, as a step of its own beside the checks of the text of the tree. */
import { buildTestedSites } from './sample-site.ts';

await buildTestedSites();
