import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../data-build/parse/json.ts';
import { type StoredFlags, scoreStoredFlags } from '../../data-build/score/stored-flags.ts';

function stored(
  test_name: string,
  flags: string,
  scores: JsonObject = {},
  blockingType = '',
): StoredFlags {
  return {
    test_name,
    probe_cc: 'IR',
    anomaly: flags.includes('A'),
    confirmed: flags.includes('C'),
    failure: flags.includes('F'),
    blockingType,
    scores,
  };
}

const FINGERPRINT = {
  name: 'x.ir@1',
  scope: 'nat',
  location_found: 'dns',
  expected_countries: ['IR'],
};

describe('stored flags', () => {
  it('are kept as they are, and merged by precedence', () => {
    const cases = [
      ['', 'ok', 'fastpath.stored_ok'],
      ['A', 'anomaly', 'fastpath.stored_anomaly'],
      ['AC', 'confirmed', 'fastpath.stored_confirmed'],
      ['ACF', 'failure', 'fastpath.stored_failure'],
    ] as const;
    for (const [flags, outcome, rule] of cases) {
      const verdict = scoreStoredFlags(stored('web_connectivity', flags));
      expect(verdict.flags).toEqual({
        anomaly: flags.includes('A'),
        confirmed: flags.includes('C'),
        failure: flags.includes('F'),
        blockingType: '',
      });
      expect(verdict.outcome).toBe(outcome);
      expect(verdict.ruleIds).toEqual([rule]);
    }
  });

  it('leave tests without a rule unscored, riseupvpn with its own reason', () => {
    expect(scoreStoredFlags(stored('dnscheck', 'F'))).toMatchObject({
      outcome: 'unscored',
      flags: { failure: true },
      ruleIds: ['unscored.no_rule'],
    });
    expect(scoreStoredFlags(stored('riseupvpn', 'F')).ruleIds).toEqual(['unscored.riseupvpn']);
  });

  it('tell the method from the blocking type, older rows from the scores', () => {
    const method = (item: StoredFlags) => scoreStoredFlags(item).blocking_method;
    expect(method(stored('web_connectivity', 'A', {}, 'http-failure'))).toBe('http_failure');
    expect(method(stored('web_connectivity', 'A', { analysis: { blocking_type: 'dns' } }))).toBe(
      'dns',
    );
    expect(method(stored('web_connectivity', 'A'))).toBe('other');
    expect(method(stored('web_connectivity', ''))).toBeNull();
    expect(method(stored('web_connectivity', 'AF', {}, 'dns'))).toBeNull();
    expect(method(stored('psiphon', 'A'))).toBe('tool_bootstrap');
    expect(method(stored('http_invalid_request_line', 'A'))).toBe('middlebox');
    expect(method(stored('http_requests', 'A'))).toBe('http_diff');
    expect(method(stored('tcp_connect', 'A'))).toBe('tcp_ip');
  });

  it('tell the method of apps from the stored counts', () => {
    const method = (item: StoredFlags) => scoreStoredFlags(item).blocking_method;
    const telegram = (down: number, up: number, failed: number, reached: number, general = 1) =>
      method(
        stored('telegram', 'A', {
          blocking_general: general,
          unreachable_endpoints: down,
          accessible_endpoints: up,
          http_failure_cnt: failed,
          http_success_cnt: reached,
        }),
      );
    expect(telegram(9, 1, 2, 8)).toBe('tcp_ip');
    expect(telegram(9, 1, 9, 1)).toBe('app_endpoints');
    expect(telegram(0, 10, 9, 1)).toBe('http_failure');
    expect(telegram(0, 10, 0, 10, 2)).toBe('app_web');
    expect(telegram(0, 0, 0, 0)).toBe('other');
    expect(method(stored('facebook_messenger', 'A', { facebook_star_dns_consistent: false }))).toBe(
      'dns',
    );
    expect(method(stored('facebook_messenger', 'A', { facebook_star_reachable: false }))).toBe(
      'tcp_ip',
    );
    expect(method(stored('facebook_messenger', 'A'))).toBe('other');
    expect(
      method(stored('whatsapp', 'A', { analysis: { whatsapp_endpoints_accessible: false } })),
    ).toBe('app_endpoints');
    expect(method(stored('whatsapp', 'A'))).toBe('other');
    expect(
      method(stored('signal', 'A', { analysis: { signal_backend_failure: 'dns_nxdomain_error' } })),
    ).toBe('dns');
    expect(method(stored('stunreachability', 'A', { extra: { failure: 'eof_error' } }))).toBe(
      'other',
    );
    expect(
      method(stored('stunreachability', 'A', { extra: { failure: 'dns_nxdomain_error' } })),
    ).toBe('dns');
  });

  it('name the fingerprint, and whether it is expected in the country', () => {
    const verdict = scoreStoredFlags(
      stored('web_connectivity', 'AC', { fingerprints: [FINGERPRINT] }, 'http-diff'),
    );
    expect(verdict.blocking_method).toBe('dns');
    expect(verdict.blocking_detail).toBe('http-diff,fp:x.ir_1:nat');
    expect(verdict.confirmed_in_country).toBe(true);
    const elsewhere = { ...FINGERPRINT, location_found: 'body', expected_countries: [] };
    const other = scoreStoredFlags(stored('web_connectivity', 'AC', { fingerprints: [elsewhere] }));
    expect(other.blocking_method).toBe('http_diff');
    expect(other.confirmed_in_country).toBe(false);
  });

  it('name no fingerprint that is named by an address', () => {
    for (const name of [
      'ooni.by_203.0.113.7',
      'someone@example.org',
      '+254712345678',
      '2001:db8::1',
    ]) {
      const fingerprints = [{ ...FINGERPRINT, name }];
      const verdict = scoreStoredFlags(stored('web_connectivity', 'AC', { fingerprints }));
      expect(verdict.blocking_detail).toBe('fp:unnamed:nat');
    }
  });

  it('cut free text in stored failures', () => {
    const verdict = scoreStoredFlags(
      stored('stunreachability', 'A', { extra: { failure: 'unknown_failure: 192.0.2.7' } }),
    );
    expect(verdict.failure_class).toBe('unknown_failure');
    expect(JSON.stringify(verdict)).not.toContain('192.0.2.7');
  });
});
