import { expect, it } from 'vitest';
import { countLine, failedPart, notable, sum } from '../../scripts/lib/summary.mjs';

const parts = [
  { name: 'checks', passed: 3, failed: 1, skipped: 0, failures: ['npm run lint'], secondTries: [] },
  { name: 'sqlite', passed: 120, failed: 2, skipped: 1, failures: ['a > b: no', 'a > c: no'], secondTries: ['d: no'] },
];

it('adds the parts up', () => {
  expect(sum(parts)).toEqual({ passed: 123, failed: 3, skipped: 1 });
  expect(countLine(sum(parts))).toBe('123 passed, 3 failed');
});

it('names what needed a second try, and last what failed', () => {
  expect(notable([...parts, failedPart('building the client')])).toEqual([
    ...['second try: d: no', 'failed: npm run lint', 'failed: a > b: no', 'failed: a > c: no'],
    'failed: building the client',
  ]);
});
