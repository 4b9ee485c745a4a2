/** One measurement as a row of a part. */
import { createHash } from 'node:crypto';
import { ID_SHAPES } from '../contract/privacy.ts';
import { testSpec } from '../contract/vocabulary.ts';
import { domainOfInput, publishableInput } from '../normalize/input.ts';
import type { PlacedEnvelope } from '../normalize/place.ts';
import type { PartRow } from '../parts.ts';
import type { Verdict } from '../score/verdict.ts';

export type MeasurementRow = PartRow<'measurements'>;

const REPORT_ID = new RegExp(ID_SHAPES.report_id);

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** What a row says beside its envelope. */
export type RowVerdict = Omit<Verdict, 'flags'>;

/**
 * `line` is only hashed when the measurement has neither uid nor report. An input that must not be shown is
 * replaced by its hash, so that measurements of different inputs in one second stay different.
 */
export function toMeasurementRow(
  form: number,
  envelope: PlacedEnvelope,
  verdict: RowVerdict,
  line: string | Uint8Array,
): MeasurementRow {
  const reportId = REPORT_ID.test(envelope.reportId) ? envelope.reportId : '';
  const { input, measurementUid } = envelope;
  const shown = publishableInput(input);
  return {
    form,
    measurement_uid: measurementUid,
    report_id: reportId,
    line_hash: measurementUid === null && reportId === '' ? sha256Hex(line) : null,
    measurement_start_time: new Date(envelope.measurementStartMs).toISOString(),
    probe_cc: envelope.probeCc,
    probe_asn: envelope.probeAsn,
    probe_network_name: envelope.probeNetworkName,
    test_name: envelope.testName,
    test_version: envelope.testVersion,
    input: shown ?? (input === null ? null : `sha256:${sha256Hex(input)}`),
    domain: testSpec(envelope.testName).websites ? domainOfInput(input) : null,
    outcome: verdict.outcome,
    blocking_method: verdict.blockingMethod,
    blocking_detail: verdict.blockingDetail,
    failure_class: verdict.failureClass,
    rule_id: verdict.ruleIds[0],
    confirmed_in_country: verdict.confirmedInCountry,
    software_family: envelope.softwareFamily,
    unattended: envelope.unattended,
    ndt_download_mbps: verdict.performance.ndtDownloadMbps,
    ndt_upload_mbps: verdict.performance.ndtUploadMbps,
    ndt_min_rtt_ms: verdict.performance.ndtMinRttMs,
    dash_median_bitrate_mbps: verdict.performance.dashMedianBitrateMbps,
    bootstrap_time_s: verdict.performance.bootstrapTimeS,
  };
}
