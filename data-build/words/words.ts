/** Words of the contract, which both halves speak: the same kind of files as `site/words`. English is the type. */
import { withPseudo } from './pseudo.ts';
import columns from './en/columns.json' with { type: 'json' };
import events from './en/events.json' with { type: 'json' };
import intl from './en/intl.json' with { type: 'json' };
import places from './en/places.json' with { type: 'json' };
import reasons from './en/reasons.json' with { type: 'json' };
import release from './en/release.json' with { type: 'json' };
import rules from './en/rules.json' with { type: 'json' };
import sources from './en/sources.json' with { type: 'json' };
import surges from './en/surges.json' with { type: 'json' };
import tools from './en/tools.json' with { type: 'json' };
import vocabulary from './en/vocabulary.json' with { type: 'json' };

const en = {
  ...columns,
  ...events,
  ...intl,
  ...places,
  ...reasons,
  ...release,
  ...rules,
  ...sources,
  ...surges,
  ...tools,
  ...vocabulary,
};

export type WordKey = keyof typeof en;

export const wordsIn = withPseudo({ en });
