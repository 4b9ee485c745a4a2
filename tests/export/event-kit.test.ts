import { expect, it } from 'vitest';
import { attributionOf } from '../../data-build/contract/publisher-words.ts';
import { licenceOf, PUBLISHERS } from '../../data-build/contract/publishers.ts';
import { writeKitText } from '../../site/export/event-kit.ts';

it('names all whose data are in the kit, and each licence once', () => {
  const text = writeKitText({
    words: { title: 'T', sentence: 'S.', began: 'B.', ended: 'E.', caveats: ['C.'] },
    facts: [['Kind', 'interference began']],
    consistency: null,
    method: null,
    citation: 'Cited.',
    sources: (['ooni', 'mlab', 'tor-metrics'] as const).map((source) => ({
      licence: licenceOf(source),
      attribution: attributionOf(source),
      publisher: PUBLISHERS[source],
    })),
    contact: null,
    permalink: 'https://atlas.example/event/x/',
    synthetic: false,
  });
  for (const source of ['ooni', 'mlab', 'tor-metrics'] as const) {
    expect(text).toContain(attributionOf(source));
    expect(text).toContain(`${PUBLISHERS[source].name}: ${PUBLISHERS[source].url}`);
  }
  for (const source of ['ooni', 'mlab'] as const)
    expect(text.split(licenceOf(source).use)).toHaveLength(2);
});
