import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import type { EffectScope } from 'vue';
import { discardImport, getImport, publishImport } from '../../../contract/imports.ts';
import type { Import } from '../../../contract/imports.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import { useImport } from '../../../src-renderer/modules/imports/use-import.ts';
import { idOf, importOf } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const asked = vi.mocked(call);
let scope: EffectScope;

/** What the server answers, in turn; the last answer stays. */
function answers(...given: readonly (Import | ApiProblem)[]): void {
  let at = 0;
  asked.mockImplementation(() => {
    const answer = given[Math.min(at++, given.length - 1)];
    return answer instanceof ApiProblem ? Promise.reject(answer) : Promise.resolve(answer as never);
  });
}

function follow() {
  scope = effectScope();
  const followed = scope.run(() => useImport(idOf(500)));
  if (!followed) throw new Error('the scope is not active');
  return followed;
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.mockReset();
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe('an import that is being checked', () => {
  it('is asked for at once, after half a second, then less and less often, but every 2 seconds', async () => {
    const moments: number[] = [];
    const start = Date.now();
    asked.mockImplementation(() => {
      moments.push(Date.now() - start);
      return Promise.resolve(importOf() as never);
    });
    follow();
    await vi.advanceTimersByTimeAsync(12_000);
    const pauses = moments.slice(1).map((moment, at) => moment - moments[at]!);
    expect(moments[0]).toBe(0);
    expect(pauses.slice(0, 5)).toEqual([500, 750, 1125, 1687, 2000]);
    expect(Math.max(...pauses)).toBe(2000);
  });

  it.each(['refused', 'unchanged', 'draft', 'failed', 'published', 'discarded', 'replaced'] as const)(
    'is left alone once it is %s',
    async (state) => {
      answers(importOf(), importOf({ state }));
      const { found } = follow();
      await vi.advanceTimersByTimeAsync(600);
      expect(found.value?.state).toBe(state);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(asked).toHaveBeenCalledTimes(2);
    },
  );

  it('is not asked for any more once the page is left', async () => {
    answers(importOf());
    follow();
    await vi.advanceTimersByTimeAsync(600);
    const before = asked.mock.calls.length;
    scope.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveBeenCalledTimes(before);
  });

  it('is asked for again when the portal could not be reached for a while', async () => {
    answers(importOf(), new ApiProblem({ code: 'offline' }), importOf({ state: 'draft' }));
    const { found, isPassing } = follow();
    await vi.advanceTimersByTimeAsync(600);
    expect(isPassing.value).toBe(true);
    expect(found.value?.state).toBe('checking');
    await vi.advanceTimersByTimeAsync(1000);
    expect(isPassing.value).toBe(false);
    expect(found.value?.state).toBe('draft');
  });

  it('waits as long as the server says', async () => {
    answers(new ApiProblem({ code: 'rate_limited', retryAfter: 30 }), importOf({ state: 'draft' }));
    follow();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1500);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('stops at a problem that does not pass, and can be asked for again', async () => {
    answers(new ApiProblem({ code: 'not_found' }), importOf({ state: 'draft' }));
    const { problem, found, look } = follow();
    await vi.advanceTimersByTimeAsync(5000);
    expect(problem.value?.code).toBe('not_found');
    expect(asked).toHaveBeenCalledTimes(1);
    await look();
    expect(problem.value).toBeNull();
    expect(found.value?.state).toBe('draft');
  });
});

describe('what is done with an import', () => {
  it('publishes the draft', async () => {
    answers(importOf({ state: 'draft' }), importOf({ state: 'published' }));
    const { found, publishing } = follow();
    await vi.advanceTimersByTimeAsync(0);
    await publishing.run();
    expect(asked).toHaveBeenLastCalledWith(publishImport, { params: { id: idOf(500) } });
    expect(found.value?.state).toBe('published');
  });

  it('does not let an older answer undo it', async () => {
    let late: (given: Import) => void = () => undefined;
    asked.mockImplementation((operation) => {
      if (operation === discardImport) return Promise.resolve(importOf({ state: 'discarded' }) as never);
      return new Promise((resolve) => (late = resolve as never));
    });
    const { found, discarding } = follow();
    await discarding.run();
    late(importOf({ state: 'checking' }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(found.value?.state).toBe('discarded');
  });

  it('shows how the import stands when it has changed meanwhile', async () => {
    asked.mockImplementation((operation) => {
      if (operation === getImport) return Promise.resolve(importOf({ state: 'discarded' }) as never);
      return Promise.reject(new ApiProblem({ code: 'import_state' }));
    });
    const { found, publishing } = follow();
    await publishing.run();
    expect(publishing.problem.value?.code).toBe('import_state');
    expect(found.value?.state).toBe('discarded');
  });
});
