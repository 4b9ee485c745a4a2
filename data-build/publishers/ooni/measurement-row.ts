/** One measurement as a row of a part. */
import { ID_SHAPES } from '../../contract/privacy.ts';
import { testSpec } from '../../contract/vocabulary.ts';
import { domainOfInput, publishableInput } from '../../normalize/input.ts';
import type { PlacedEnvelope } from './place.ts';
import { hashOf } from '../../hash.ts';
import type { PartRow } from '../../parts.ts';
import type { Verdict } from '../../score/verdict.ts';

const REPORT_ID = new RegExp(ID_SHAPES.report_id);

/**
 * `line` is only hashed when the measurement has neither uid nor report. An input that must not be shown is
 * replaced by its hash, so that measurements of different inputs in one second stay different.
 */
export function toMeasurementRow(
  form: number,
  envelope: PlacedEnvelope,
  verdict: Omit<Verdict, 'flags'>,
  line: string | Uint8Array,
): PartRow<'measurements'> {
  const reportId = REPORT_ID.test(envelope.reportId) ? envelope.reportId : '';
  const { input, measurementUid } = envelope;
  const shown = publishableInput(input);
  return {
    form,
    measurement_uid: measurementUid,
    report_id: reportId,
    line_hash: measurementUid === null && reportId === '' ? hashOf(line) : null,
    measurement_start_time: new Date(envelope.measurementStartMs).toISOString(),
    probe_cc: envelope.probeCc,
    probe_asn: envelope.probeAsn,
    probe_network_name: envelope.probeNetworkName,
    test_name: envelope.testName,
    test_version: envelope.testVersion,
    input: shown ?? (input === null ? null : `sha256:${hashOf(input)}`),
    domain: testSpec(envelope.testName).websites ? domainOfInput(input) : null,
    outcome: verdict.outcome,
    blocking_method: verdict.blocking_method,
    blocking_detail: verdict.blocking_detail,
    failure_class: verdict.failure_class,
    rule_id: verdict.ruleIds[0],
    confirmed_in_country: verdict.confirmed_in_country,
    software_family: envelope.softwareFamily,
    unattended: envelope.unattended,
    ...verdict.performance,
  };
}
