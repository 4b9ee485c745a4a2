/**
 * Browsers that Playwright does not start here: Debian's Firefox over WebDriver BiDi, Debian's WebKit over WebDriver. A test
 * does in them what a reader does, with the mouse and the keyboard, and asks the page for texts.
 */
import { expect } from 'vitest';

/** Milliseconds that a page may take for an answer: engines start slowly on a busy machine. */
export const PATIENCE = { timeout: 90_000, interval: 100 };

type Ask = (...args: string[]) => string | Promise<string>;

/** One source of input and what it does, as both protocols write it. */
type Action =
  | { readonly type: 'pointerMove'; readonly x: number; readonly y: number }
  | { readonly type: 'pointerDown' | 'pointerUp'; readonly button: 0 }
  | { readonly type: 'keyDown' | 'keyUp'; readonly value: string };
export interface Source {
  readonly type: 'pointer' | 'key';
  readonly id: string;
  readonly actions: readonly Action[];
}

/** What a protocol has to offer. */
export interface Wire {
  readonly goTo: (url: string) => Promise<void>;
  /** The text that an expression comes to. */
  readonly evaluate: (expression: string) => Promise<string>;
  readonly act: (source: Source) => Promise<void>;
  /** Errors of scripts and of the policy, where the protocol tells them. */
  readonly complaints: string[];
  /** Addresses that pages asked for, where the protocol tells them. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

export const KEYS = { Enter: '\uE007', Escape: '\uE00C', ArrowDown: '\uE015' } as const;

/** A value some keys deep in an answer. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce(
    (inner, key): unknown =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

export class DrivenBrowser {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  get complaints(): readonly string[] {
    return this.#wire.complaints;
  }
  get requests(): readonly string[] {
    return this.#wire.requests;
  }

  async open(url: string): Promise<void> {
    this.#wire.complaints.length = 0;
    this.#wire.requests.length = 0;
    await this.#wire.goTo(url);
  }

  async ask(ask: Ask, ...args: readonly string[]): Promise<string> {
    return this.#wire.evaluate(`(${ask.toString()})(...${JSON.stringify(args)})`);
  }

  /** Waits until what the page is asked for matches. */
  async until(wanted: RegExp, ask: Ask, ...args: readonly string[]): Promise<void> {
    await expect.poll(async () => this.ask(ask, ...args), PATIENCE).toMatch(wanted);
  }

  async text(selector: string): Promise<string> {
    return this.ask((one) => document.querySelector(one)?.textContent ?? '', selector);
  }

  async untilText(selector: string, wanted: RegExp): Promise<void> {
    await this.until(wanted, (one) => document.querySelector(one)?.textContent ?? '', selector);
  }

  /** Waits for another page, whole. */
  async untilAt(wanted: RegExp): Promise<void> {
    await this.until(wanted, () => (document.readyState === 'complete' ? location.href : ''));
  }

  /** Waits until a place has answered what it was asked, as `site/islands/turn.ts` says. */
  async untilAnswered(selector: string, after = 0): Promise<void> {
    const turn: Ask = (one, number) => {
      const { asked, answered } = document.querySelector<HTMLElement>(one)?.dataset ?? {};
      return String(Number(asked ?? 0) > Number(number) && asked === answered);
    };
    await this.until(/true/, turn, selector, String(after));
  }

  /** Does what asks something of a place, and waits for the answer. */
  async turn(selector: string, act: () => Promise<void>): Promise<void> {
    const before = await this.ask(
      (one) => document.querySelector<HTMLElement>(one)?.dataset['asked'] ?? '0',
      selector,
    );
    await act();
    await this.untilAnswered(selector, Number(before));
  }

  /** Opens all that an element is folded into. */
  async unfold(selector: string): Promise<void> {
    await this.ask((one) => {
      const found = document.querySelector(one);
      for (let at = found?.parentElement ?? null; at !== null; at = at.parentElement)
        if (at instanceof HTMLDetailsElement) at.open = true;
      return '';
    }, selector);
  }

  /** Clicks into the middle of the first seen element that the selector names and that holds the words. */
  async click(selector: string, words = ''): Promise<void> {
    const spot = await this.ask(
      async (one, holds) => {
        for (const element of document.querySelectorAll<HTMLElement>(one)) {
          if (!element.textContent.includes(holds)) continue;
          element.scrollIntoView({ block: 'center', behavior: 'instant' });
          await new Promise((resolve) => {
            requestAnimationFrame(resolve);
          });
          const box = element.getClientRects()[0];
          if (box === undefined || box.width === 0) continue;
          const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
          const hit = document.elementFromPoint(x, y);
          const label = element instanceof HTMLInputElement ? element.closest('label') : null;
          if (hit !== null && (element.contains(hit) || label?.contains(hit) === true))
            return `${String(x)} ${String(y)}`;
        }
        return '';
      },
      selector,
      words,
    );
    if (spot === '') throw new Error(`Nothing that can be clicked is ${selector} “${words}”.`);
    const [x = 0, y = 0] = spot.split(' ').map(Number);
    await this.#wire.act({
      type: 'pointer',
      id: 'mouse',
      actions: [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    });
  }

  /** Presses keys one by one; letters are keys, too. */
  async press(...keys: readonly string[]): Promise<void> {
    const actions = keys.flatMap(
      (value) =>
        [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ] as const,
    );
    await this.#wire.act({ type: 'key', id: 'keyboard', actions });
  }

  async close(): Promise<void> {
    await this.#wire.close();
  }
}
