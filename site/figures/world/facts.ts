/** What is known of one place in one week or month. */
import type { WorldInterferenceRow } from '../../query/world.ts';

/** What is known of a place in a period; what each number means stands in `query/world.ts`. */
export type WorldFacts =
  | (Omit<WorldInterferenceRow, 'period' | 'probe_cc'> & {
      readonly witness: 'interference';
      /** In all periods together it rests on one network, and has its rate. */
      readonly lone: boolean;
    })
  | {
      readonly witness: 'throughput';
      readonly tests: number;
      readonly mbps: number | null;
      readonly event: 'slowdown' | 'vanished' | null;
      readonly magnitude: number | null;
      /** Whether enough is known to call the period usual. */
      readonly judged: boolean;
    }
  | {
      readonly witness: 'tools';
      readonly tool: string;
      readonly clients: number;
      readonly event: 'surge' | 'drop' | null;
      readonly magnitude: number | null;
      readonly judged: boolean;
    }
  | {
      readonly witness: 'indicators';
      /** Its name, as it is read. */
      readonly indicator: string;
      readonly value: number;
      readonly event: 'surge' | 'drop' | null;
      readonly magnitude: number | null;
      readonly judged: boolean;
    };
