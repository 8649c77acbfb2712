import { expect, it } from 'vitest';
import { missingPackages } from '../../scripts/lib/system-packages.mjs';

it('takes a library of either name as the same', () => {
  const installed = new Set(['libnss3', 'libgtk-3-0t64']);
  expect(missingPackages(['libnss3', 'libgtk-3-0', 'xvfb'], installed)).toEqual(['xvfb']);
});
