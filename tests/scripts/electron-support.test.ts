import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { electronSupport } from '../../scripts/lib/electron-support.mjs';

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe('the Electron that is shipped', () => {
  it('is one whose end is known', async () => {
    const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
      devDependencies: { electron: string };
    };
    expect(electronSupport(devDependencies.electron, on('2026-11-24'))).toBeNull();
  });

  it.each([
    ['44.2.0', '2027-01-30', null],
    ['44.2.0', '2027-02-15', { fails: false }],
    ['44.2.0', '2027-03-01', { fails: false }],
    ['44.2.0', '2027-03-03', { fails: true }],
    ['33.2.1', '2026-11-24', { fails: true }],
    ['99.0.0', '2026-11-24', { fails: true }],
  ])('%s on %s', (version, day, found) => {
    if (found) expect(electronSupport(version, on(day))).toMatchObject(found);
    else expect(electronSupport(version, on(day))).toBeNull();
  });
});
