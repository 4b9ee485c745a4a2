/** Hand-made OONI lines for tests of the ingest. */

export type Line = Readonly<Record<string, unknown>>;

/** A telegram measurement without signs of interference; `changes` replace fields. */
export function telegramLine(changes: Line = {}): string {
  return JSON.stringify({
    annotations: { platform: 'linux' },
    data_format_version: '0.2.0',
    input: null,
    measurement_start_time: '2024-01-05 10:15:00',
    probe_asn: 'AS137',
    probe_cc: 'IT',
    probe_ip: '127.0.0.1',
    report_id: '20240105T101500Z_telegram_IT_137_n1_0123456789abcdef',
    software_name: 'ooniprobe-cli',
    software_version: '3.19.0',
    test_keys: {
      requests: [],
      tcp_connect: [
        { ip: '192.0.2.1', port: 443, status: { failure: null, success: true } },
        { ip: '192.0.2.2', port: 80, status: { failure: null, success: true } },
      ],
      telegram_http_blocking: false,
      telegram_tcp_blocking: false,
      telegram_web_failure: null,
      telegram_web_status: 'ok',
    },
    test_name: 'telegram',
    test_runtime: 1.5,
    test_start_time: '2024-01-05 10:15:00',
    test_version: '0.3.1',
    ...changes,
  });
}

/** `telegramLine` at minute `at` of the day, so that lines differ. */
export function numberedLine(at: number, changes: Line = {}): string {
  const minute = String(at % 60).padStart(2, '0');
  return telegramLine({ measurement_start_time: `2024-01-05 10:${minute}:00`, ...changes });
}
