import { expect, it } from 'vitest';
import { countLine, failedPart, notable, partsOf, sum, withSecondTries } from '../../scripts/lib/summary.mjs';

const parts = [
  { name: 'checks', passed: 3, failed: 1, skipped: 0, failures: ['npm run lint'], secondTries: [] },
  { name: 'sqlite', passed: 120, failed: 2, skipped: 1, failures: ['a > b: no', 'a > c: no'], secondTries: ['d: no'] },
];

it('adds the parts up', () => {
  expect(sum(parts)).toEqual({ passed: 123, failed: 3, skipped: 1 });
  expect(countLine(sum(parts))).toBe('123 passed, 3 failed');
});

it('adds the files of a project up, and a project that did not run is a failure', () => {
  const file = (name: string) => ({ project: 'main', file: name, passed: 2, failed: 0, skipped: 1, failures: [] });
  expect(partsOf([file('a'), { ...file('b'), failed: 1, failures: ['b > c: no'] }], ['main', 'sqlite'])).toEqual([
    { name: 'main', passed: 4, failed: 1, skipped: 2, failures: ['b > c: no'], secondTries: [] },
    failedPart('sqlite, which did not run'),
  ]);
});

it('counts a file as it ended when it was run once more, and says what had failed before', () => {
  const file = (name: string, failures: string[]) => {
    return { project: 'end-to-end', file: name, passed: 3, failed: failures.length, skipped: 0, failures };
  };
  const first = [file('a', []), file('b', ['b > c: no']), file('d', ['d > e: no'])];
  const second = [file('b', []), file('d', ['d > f: neither'])];
  expect(partsOf(withSecondTries(first, second), ['end-to-end'])).toEqual([
    {
      ...{ name: 'end-to-end', passed: 9, failed: 1, skipped: 0 },
      ...{ failures: ['d > f: neither'], secondTries: ['b > c: no', 'd > e: no'] },
    },
  ]);
});

it('names what needed a second try, and last what failed', () => {
  expect(notable([...parts, failedPart('building the client')])).toEqual([
    ...['second try: d: no', 'failed: npm run lint', 'failed: a > b: no', 'failed: a > c: no'],
    'failed: building the client',
  ]);
});
