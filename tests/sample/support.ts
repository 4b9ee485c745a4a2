import type { DumpFolder } from '../../data-build/sample/dump-file.ts';
import {
  arrayAt,
  isJsonObject,
  isJsonValue,
  type JsonObject,
  type JsonValue,
  objectAt,
  stringAt,
} from '../../data-build/parse/json.ts';

/** A dump folder that lies in memory. */
export function memoryFolder(): DumpFolder & { readonly content: Map<string, Buffer> } {
  const content = new Map<string, Buffer>();
  return {
    content,
    put(path, bytes) {
      content.set(path, Buffer.from(bytes));
      return Promise.resolve();
    },
    get files() {
      return content.size;
    },
    get bytes() {
      return [...content.values()].reduce((sum, one) => sum + one.length, 0);
    },
  };
}

export function parseObject(line: string): JsonObject {
  const value: unknown = JSON.parse(line);
  if (!isJsonValue(value) || !isJsonObject(value))
    throw new Error(`not an object: ${line.slice(0, 80)}`);
  return value;
}

/** The share of entries that failed, `statusOf` says how an entry tells. */
function failedShare(entries: readonly JsonValue[], failed: (one: JsonObject) => boolean): number {
  const objects = entries.filter(isJsonObject);
  return objects.length === 0 ? 0.5 : objects.filter(failed).length / objects.length;
}

/**
 * A rough reading of the raw keys, straight from the publisher’s rules and independent of the project’s
 * scorer: does this line show interference? null: the test itself failed.
 */
export function showsInterference(line: JsonObject): boolean | null {
  const keys = objectAt(line, 'test_keys');
  switch (line['test_name']) {
    case 'web_connectivity':
      return keys['blocking'] === null ? null : typeof keys['blocking'] === 'string';
    case 'telegram': {
      const requests = arrayAt(keys, 'requests').filter(isJsonObject);
      const urls = requests.map((one) => stringAt(objectAt(one, 'request'), 'url'));
      if (urls.includes(null)) return null;
      const apps = requests.filter(
        (_, index) => urls[index]?.includes('web.telegram.org') === false,
      );
      const tcp = failedShare(
        arrayAt(keys, 'tcp_connect'),
        (one) => objectAt(one, 'status')['success'] === false,
      );
      const http = failedShare(apps, (one) => one['failure'] !== null);
      return tcp + http + (keys['telegram_web_status'] === 'blocked' ? 1 : 0) > 0.5;
    }
    case 'whatsapp': {
      const requests = arrayAt(keys, 'requests').filter(isJsonObject);
      if (requests.length === 0) return null;
      const reached = arrayAt(keys, 'tcp_connect').some(
        (one) => isJsonObject(one) && objectAt(one, 'status')['success'] === true,
      );
      return requests.some((one) => one['failure'] !== null) || !reached;
    }
    case 'facebook_messenger':
      return Object.entries(keys).filter(([name, value]) => isMessengerHit(name, value)).length > 1;
    case 'signal':
      return keys['failure'] !== null ? null : keys['signal_backend_status'] === 'blocked';
    case 'psiphon':
      if (keys['failure'] !== null) return true;
      return keys['bootstrap_time'] === 0 ? null : false;
    case 'tor': {
      const targets = Object.values(objectAt(keys, 'targets')).filter(isJsonObject);
      if (targets.length === 0) return null;
      return failedShare(targets, (one) => typeof one['failure'] === 'string') > 0.5;
    }
    default:
      return null;
  }
}

function isMessengerHit(name: string, value: JsonValue | undefined): boolean {
  return name.endsWith('_blocking')
    ? value === true
    : /_(dns_consistent|reachable)$/.test(name) &&
        name !== 'facebook_stun_reachable' &&
        value === false;
}
