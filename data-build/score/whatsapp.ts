/** whatsapp. Rules: ooni/backend core.py, score_measurement_whatsapp. */
import type { RuleId } from '../contract/rules.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../parse/json.ts';
import { formatTally, tallyTcpConnect } from './endpoints.ts';
import { commonFailure, firstFailure } from './failure-class.ts';
import {
  asObjects,
  equalsFalse,
  hasKey,
  isMissing,
  listIfTruthy,
  valueAt,
} from './python-values.ts';
import { type Scorer, UNREADABLE, toTestScore } from './test-score.ts';
import { hasUnknownFailure } from './web-connectivity.ts';

const WEB_URL = 'https://web.whatsapp.com/';
const REGISTRATION_URL = 'https://v.whatsapp.net/v2/register';
/** Legacy probes that failed to encode a page report this instead of a result. */
const ENCODING_FAULT = "unknown_failure 'ascii' co";

/**
 * Scores WhatsApp from its requests and connections; the probe's own `*_status` fields are not used, since
 * several versions got them wrong.
 */
export const scoreWhatsapp: Scorer = (keys) => {
  const unknown = hasUnknownFailure(keys);
  if (unknown === null) return UNREADABLE;
  const fired: RuleId[] = unknown ? ['whatsapp.unknown_failure'] : [];
  const failure_class = firstFailure(
    valueAt(keys, 'registration_server_failure'),
    valueAt(keys, 'whatsapp_web_failure'),
  );
  const webFailure = valueAt(keys, 'whatsapp_web_failure');
  if (typeof webFailure === 'string' && webFailure.includes(ENCODING_FAULT))
    return toTestScore(0, ['whatsapp.unknown_failure'], { failure_class });

  const requests = asObjects(listIfTruthy(keys, 'requests'));
  if (requests === null) return UNREADABLE;
  if (requests.length === 0)
    return toTestScore(0, ['whatsapp.no_requests', ...fired], { failure_class });
  const services = readServices(requests);
  if (services === null) return UNREADABLE;
  const { web, registration } = services;
  if (web === undefined || registration === undefined)
    return toTestScore(0, ['whatsapp.requests_incomplete', ...fired], { failure_class });

  const tcp = tallyTcpConnect(keys);
  const bothAnswer = web.reachable && registration.reachable;
  if (tcp === null && bothAnswer) return UNREADABLE;
  const endpoints = tcp ?? { reachable: 0, failed: 0, failures: [] };
  const endpointsFail = endpoints.reachable === 0 && endpoints.failed > 0;
  if (endpointsFail) fired.push('whatsapp.endpoints_failed');
  if (!registration.reachable) fired.push('whatsapp.registration_failed');
  if (!web.reachable) fired.push('whatsapp.web_failed');
  const anomaly = !bothAnswer || endpointsFail;
  if (bothAnswer && endpoints.reachable + endpoints.failed === 0)
    fired.push('whatsapp.no_endpoints');
  const [first = 'whatsapp.reachable', ...rest] = fired;
  return toTestScore(anomaly ? 1 : 0, [first, ...rest], {
    detail: [
      `registration=${registration.reachable ? 'ok' : 'blocked'}`,
      `web=${web.reachable ? 'ok' : 'blocked'}`,
      `endpoints=${formatTally(endpoints)}`,
    ].join(','),
    failure_class:
      firstFailure(registration.failure, web.failure) ?? commonFailure(endpoints.failures),
  });
};

interface Service {
  readonly reachable: boolean;
  readonly failure: JsonValue | undefined;
}

/** The last request to each service; null when a shape cannot be read. */
function readServices(
  requests: readonly JsonObject[],
): { web: Service | undefined; registration: Service | undefined } | null {
  let web: Service | undefined;
  let registration: Service | undefined;
  for (const entry of requests) {
    const request = hasKey(entry, 'request') ? entry['request'] : {};
    if (!isJsonObject(request)) return null;
    const url = valueAt(request, 'url');
    const failure = valueAt(entry, 'failure');
    if (url === WEB_URL) {
      const reachable = failure === null || failure === '' || equalsFalse(failure);
      web = { reachable, failure };
    } else if (url === REGISTRATION_URL) {
      registration = { reachable: isMissing(failure), failure };
    }
  }
  return { web, registration };
}
