import { describe, expect, it } from 'vitest';
import { between, changed } from '../../../src-renderer/shared/components/app-table.ts';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

describe('between', () => {
  it('takes both ends, whichever comes first', () => {
    expect(between(rows, 1, 3).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
    expect(between(rows, 3, 1).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
    expect(between(rows, 2, 2).map(({ id }) => id)).toEqual(['c']);
  });
});

describe('changed', () => {
  it('puts in and takes out, and leaves the earlier selection as it was', () => {
    const none: ReadonlyMap<string, { id: string }> = new Map();
    const some = changed(none, between(rows, 0, 2), true);
    const fewer = changed(some, between(rows, 1, 4), false);
    expect([...some.keys()]).toEqual(['a', 'b', 'c']);
    expect([...fewer.keys()]).toEqual(['a']);
    expect(none.size).toBe(0);
  });
});
