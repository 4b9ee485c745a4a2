/** What is known of one place in one week or month. */
import type { Asn, Day } from '../../../data-build/contract/brands.ts';

/** What is known of a place in a period; what each number means stands in `query/world.ts`. */
export type WorldFacts =
  | {
      readonly witness: 'interference';
      readonly measurement_count: number;
      readonly failure_count: number;
      readonly anomaly_count: number;
      readonly confirmed_count: number;
      readonly network_count: number | null;
      readonly only_probe_asn: Asn | null;
      readonly day_count: number;
      /** In all periods together it rests on one network, and has its rate. */
      readonly lone: boolean;
      readonly first_day: Day;
      readonly last_day: Day;
    }
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
