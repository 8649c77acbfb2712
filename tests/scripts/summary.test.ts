import { expect, it } from 'vitest';
import { countLine, sum } from '../../scripts/lib/summary.mjs';

it('adds the parts up', () => {
  const parts = [
    { name: 'checks', passed: 4, failed: 0, skipped: 0 },
    { name: 'sqlite', passed: 120, failed: 2, skipped: 1 },
  ];
  expect(sum(parts)).toEqual({ passed: 124, failed: 2, skipped: 1 });
  expect(countLine(sum(parts))).toBe('124 passed, 2 failed');
});
