import { describe, expect, it } from 'vitest';
import { operations } from '../../contract/api.ts';
import { isBinary, pathOf } from '../../contract/endpoint.ts';
import { getSlip } from '../../contract/slips.ts';

describe('the operations', () => {
  it('have ids and addresses of their own', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(operations.length);
  });

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s is declared soundly',
    (_, operation) => {
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(operation.params.shape)).toEqual(inPath);
      // Only what is read may be kept offline, and only what carries the token is closed to the window.
      if (operation.offline) expect(operation.method).toBe('GET');
      if (operation.method === 'GET') expect(isBinary(operation.body)).toBe(false);
    },
  );

  it('keeps the operations that carry the session token, or files of any size, out of the window', () => {
    const closed = operations.filter(({ via }) => via === 'main').map(({ id }) => id);
    expect(closed.sort()).toEqual([
      'account.changePassword',
      'account.delete',
      'account.downloadData',
      'audit.export',
      'imports.create',
      'imports.faultyRows',
      'payers.export',
      'printRuns.create',
      'runs.eInvoices',
      'session.check',
      'session.create',
      'session.delete',
      'slipYears.zip',
    ]);
  });
});

describe('pathOf', () => {
  it('fills in and escapes the parameters', () => {
    expect(pathOf(getSlip, { id: 'a/b' })).toBe('/api/v1/slips/a%2Fb');
  });

  it('refuses a missing one', () => {
    expect(() => pathOf(getSlip)).toThrow('parameter id is missing');
  });
});
