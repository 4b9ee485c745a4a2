/** Lines that readers have, and a browser behind one of them. */
import type { BrowserContext, CDPSession, Page } from 'playwright';

/** Bytes a second, and milliseconds until the first comes. */
export const NETWORKS = [
  { name: 'unthrottled', rate: -1, latency: 0 },
  { name: '9 Mbit/s + 85 ms', rate: 9_000_000 / 8, latency: 85 },
  { name: '1.6 Mbit/s + 150 ms', rate: 1_600_000 / 8, latency: 150 },
] as const;

export type Network = (typeof NETWORKS)[number];

/** A page behind the line, with the session that tells what goes over it. */
export async function openBehind(
  context: BrowserContext,
  { rate, latency }: Network,
): Promise<{ readonly page: Page; readonly session: CDPSession }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: rate,
    uploadThroughput: rate,
  });
  return { page, session };
}
