/** The days of the sample of which data are said to be faulty, in the form of the log of corrections. */
import type { Correction } from '../contract/corrections.ts';
import { sampleCountry, sampleDay } from './world.ts';

export const SAMPLE_PROBLEMS: readonly Correction[] = [
  {
    date: sampleDay('2026-05-04'),
    text: 'Synthetic: probes of this country looked up names with a resolver abroad.',
    places: [sampleCountry('CR')],
    days: { since: sampleDay('2026-04-23'), until: sampleDay('2026-04-30') },
    sources: ['ooni'],
    tests: ['web_connectivity', 'facebook_messenger'],
  },
];
