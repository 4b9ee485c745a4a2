/** All words a reader can meet, by language: one flat file per subject, messages in ICU MessageFormat. English is the type. */
import { withPseudo } from '../../data-build/words/pseudo.ts';
import about from './en/about.json' with { type: 'json' };
import blind from './en/blind.json' with { type: 'json' };
import changed from './en/changed.json' with { type: 'json' };
import charts from './en/charts.json' with { type: 'json' };
import console from './en/console.json' with { type: 'json' };
import domains from './en/domains.json' with { type: 'json' };
import download from './en/download.json' with { type: 'json' };
import events from './en/events.json' with { type: 'json' };
import explore from './en/explore.json' with { type: 'json' };
import filter from './en/filter.json' with { type: 'json' };
import findings from './en/findings.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import measures from './en/measures.json' with { type: 'json' };
import methods from './en/methods.json' with { type: 'json' };
import networks from './en/networks.json' with { type: 'json' };
import pack from './en/pack.json' with { type: 'json' };
import places from './en/places.json' with { type: 'json' };
import safe from './en/safe.json' with { type: 'json' };
import search from './en/search.json' with { type: 'json' };
import share from './en/share.json' with { type: 'json' };
import site from './en/site.json' with { type: 'json' };
import tests from './en/tests.json' with { type: 'json' };
import themes from './en/themes.json' with { type: 'json' };
import verify from './en/verify.json' with { type: 'json' };
import witnesses from './en/witnesses.json' with { type: 'json' };
import world from './en/world.json' with { type: 'json' };

const en = {
  ...about,
  ...blind,
  ...changed,
  ...charts,
  ...console,
  ...domains,
  ...download,
  ...events,
  ...explore,
  ...filter,
  ...findings,
  ...home,
  ...measures,
  ...methods,
  ...networks,
  ...pack,
  ...places,
  ...safe,
  ...search,
  ...share,
  ...site,
  ...tests,
  ...themes,
  ...verify,
  ...witnesses,
  ...world,
};

export type MessageKey = keyof typeof en;

export const wordsIn = withPseudo({ en });

export function isMessageKey(key: string): key is MessageKey {
  return key in en;
}
