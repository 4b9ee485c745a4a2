/** One measurement as a row of a part. */
import { ID_SHAPES } from '../../contract/privacy.ts';
import { testSpec } from '../../contract/vocabulary.ts';
import { domainOfInput, publishableInput } from '../../normalize/input.ts';
import type { PlacedEnvelope } from './place.ts';
import { hashOf } from '../../hash.ts';
import { hideInput } from '../../hidden-input.ts';
import { keepPossible } from '../../normalize/speed-bounds.ts';
import type { PartRow } from '../../parts.ts';
import type { Verdict } from '../../score/verdict.ts';

const REPORT_ID = new RegExp(ID_SHAPES.report_id);

/** `line` is only hashed when the measurement has neither uid nor report. */
export function toMeasurementRow(
  form: number,
  envelope: PlacedEnvelope,
  verdict: Omit<Verdict, 'flags'>,
  line: string | Uint8Array,
): PartRow<'measurements'> {
  const { input, measurement_uid, probe_cc, probe_asn, test_name, test_version } = envelope;
  const report_id = REPORT_ID.test(envelope.report_id) ? envelope.report_id : '';
  const shown = publishableInput(input);
  return {
    form,
    measurement_uid,
    report_id,
    line_hash: measurement_uid === null && report_id === '' ? hashOf(line) : null,
    measurement_start_time: new Date(envelope.measurementStartMs).toISOString(),
    probe_cc,
    probe_asn,
    probe_network_name: envelope.probe_network_name,
    test_name,
    test_version,
    input: shown ?? (input === null ? null : hideInput(input)),
    domain: testSpec(test_name).websites ? domainOfInput(input) : null,
    outcome: verdict.outcome,
    blocking_method: verdict.blocking_method,
    blocking_detail: verdict.blocking_detail,
    failure_class: verdict.failure_class,
    rule_id: verdict.ruleIds[0],
    confirmed_in_country: verdict.confirmed_in_country,
    software_family: envelope.software_family,
    unattended: envelope.unattended,
    ...keepPossible(verdict.performance),
  };
}
