import { beforeEach, describe, expect, test } from 'vitest';
import { good, invoked, openBridge, trusted } from './every-message.ts';

/*
 * What a page that somebody else has taken over could send: every message of the bridge, with each part of its argument
 * replaced in turn. None of it may reach what works behind the bridge, nor stay with the program.
 */

type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

/** The way to each part of a value, the whole first. */
function* parts(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* parts(inner, [...path, name]);
}

const at = (value: unknown, path: Path) => path.reduce((inner, name) => (inner as Holder)[name], value);

/** A copy with another value at that place. */
function replaced(value: unknown, path: Path, other: unknown): unknown {
  const [last, ...before] = [...path].reverse();
  if (last === undefined) return other;
  const copy = structuredClone(value);
  (at(copy, before.reverse()) as Holder)[last] = other;
  return copy;
}

const huge = 'x'.repeat(25_000_000);
const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown;
const crowd = Array.from({ length: 200_000 }, () => 'x');

/** What no part of any argument is. */
const strangers = [{}, [[]], { toString: 'x' }, NaN, Infinity, 2n ** 70n, new Date(0), new Map(), huge, deep, crowd];

/** With names that make an object something else where somebody copies it carelessly. */
const poisoned = [
  '{ "__proto__": { "isPolluted": true } }',
  '{ "constructor": { "prototype": { "isPolluted": true } } }',
  '{ "prototype": { "isPolluted": true } }',
].map((text) => JSON.parse(text) as object);

let bridge: Awaited<ReturnType<typeof openBridge>>;
beforeEach(async () => (bridge = await openBridge()));

const objects = invoked.filter((channel) => typeof good[channel] === 'object');

/** Sends it; fails when it was not refused. */
async function refused(channel: string, ...given: unknown[]): Promise<void> {
  const answer = await bridge.send(channel, trusted, ...given).catch((error: Error) => error.message);
  if (typeof answer === 'string') expect(answer).toMatch(/^(failed|refused)$/);
  else expect(answer).toMatchObject({ ok: false, problem: { code: 'invalid_request' } });
}

describe('the bridge, misused', () => {
  test.each(invoked)('%s takes nothing else in any place of its argument', async (channel) => {
    for (const path of parts(good[channel])) {
      for (const stranger of strangers) {
        bridge.done.mockClear();
        const before = structuredClone(bridge.settings.get());
        const answer = await bridge.send(channel, trusted, replaced(good[channel], path, stranger)).catch(() => null);
        if (bridge.done.mock.calls.length === 0) {
          expect(bridge.settings.get()).toEqual(before);
          if (answer !== null) expect(answer).toMatchObject({ ok: false, problem: { code: 'invalid_request' } });
        } else {
          // What was put in the place of a part without parts, or of one that need not be there, is taken out of it.
          for (const [given] of bridge.done.mock.calls) expect(good[channel]).toMatchObject(given as object);
        }
      }
    }
  });

  test.each(invoked)('%s takes one argument', async (channel) => {
    for (const more of [undefined, null, {}, good[channel]]) await refused(channel, good[channel], more);
    await refused(channel, ...Array.from({ length: 1000 }, () => good[channel]));
    expect(bridge.done).not.toHaveBeenCalled();
  });

  test.each(objects)('%s takes no parts that it does not know, nor any prototype', async (channel) => {
    const known = good[channel] as object;
    await refused(channel, { ...known, isPolluted: true });
    for (const poison of poisoned) {
      // As structured cloning brings it: an own property of that name.
      const mixed: object = Object.defineProperties({}, Object.getOwnPropertyDescriptors(poison));
      for (const [name, part] of Object.entries(known))
        Reflect.defineProperty(mixed, name, { value: part, enumerable: true });
      expect(Object.getPrototypeOf(mixed)).toBe(Object.prototype);
      await bridge.send(channel, trusted, mixed).catch(() => undefined);
    }
    expect(Reflect.get({}, 'isPolluted')).toBeUndefined();
    for (const [given] of bridge.done.mock.calls) {
      expect(Reflect.get(given as object, 'isPolluted')).toBeUndefined();
      expect(Object.keys(given as object).sort()).toEqual(Object.keys(known).sort());
    }
  });

  test('nothing answers to what is no message of ours', () => {
    for (const name of [
      '',
      '__proto__',
      'constructor',
      'toString',
      'portal:*',
      'electron',
      'ELECTRON_BROWSER_REQUIRE',
    ]) {
      expect(bridge.registered).not.toContain(name);
    }
  });
});
