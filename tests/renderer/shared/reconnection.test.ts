import { flushPromises } from '@vue/test-utils';
import { effectScope } from 'vue';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSlips } from '../../../contract/slips.ts';
import { call, observeApi } from '../../../src-renderer/api/client.ts';
import { useShellStore } from '../../../src-renderer/modules/shell/use-shell-store.ts';
import { useAsk } from '../../../src-renderer/shared/composables/use-ask.ts';
import { usePages } from '../../../src-renderer/shared/composables/use-pages.ts';
import { reconnected } from '../../../src-renderer/shared/composables/reconnection.ts';
import { until } from '../helpers/page.ts';
import { summary } from '../helpers/people.ts';
import { startFakePortal } from '../helpers/portal.ts';
import type { FakePortal } from '../helpers/portal.ts';

const moment = '2026-11-22T08:00:00.000Z';
const older = '2026-11-20T08:00:00.000Z';

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
  setActivePinia(createPinia());
});
afterEach(() => portal.close());

const ask = () => call(listSlips, { query: { limit: 24 } });
const answer = (number: number, asOf?: string) =>
  portal.answer('GET /slips', { items: [summary(number)], nextCursor: null }, asOf ? { 'iiportal-as-of': asOf } : {});

describe('when the connection is back', () => {
  const askOnce = () => {
    const { answer: shown, waiting } = useAsk(ask);
    return { waiting, first: () => shown.value?.items[0] };
  };
  const askByPages = () => {
    const { items, waiting } = usePages(ask);
    return { waiting, first: () => items.value[0] };
  };

  it.each([
    ['a thing', askOnce],
    ['a list', askByPages],
  ])('%s that was kept is asked for again; one that is fresh is not, nor one whose page is left', async (_, use) => {
    answer(1, moment);
    const scope = effectScope();
    const { first, waiting } = scope.run(use)!;
    await until(() => first() !== undefined);
    answer(2);
    reconnected();
    await until(() => first()?.id === summary(2).id);
    answer(3, moment);
    reconnected();
    await flushPromises();
    expect(waiting.value).toBe(false);
    expect(first()?.id).toBe(summary(2).id);
    scope.stop();
    reconnected();
    expect(waiting.value).toBe(false);
  });

  it('what could not be had at all is asked for again, and what was refused is not', async () => {
    portal.refuse('GET /slips', 'offline');
    const shown = effectScope().run(() => useAsk(ask))!;
    await until(() => shown.problem.value !== null);
    answer(1);
    reconnected();
    await until(() => shown.answer.value !== null);
    expect(shown.problem.value).toBeNull();
    portal.refuse('GET /slips', 'not_found');
    await shown.reload();
    reconnected();
    expect(shown.waiting.value).toBe(false);
  });
});

describe('the moment of what is shown', () => {
  it('is that of the oldest kept answer of the page, until one is fresh', async () => {
    const shell = useShellStore();
    observeApi({ answered: shell.setAsOf, secondFactorNeeded: () => undefined });
    for (const [asOf, shown] of [
      [moment, moment],
      [older, older],
      [moment, older],
    ] as const) {
      answer(1, asOf);
      await ask();
      expect(shell.asOf).toBe(shown);
    }
    shell.turnPage();
    expect(shell.asOf, 'until the next answer').toBe(older);
    answer(1, moment);
    await ask();
    expect(shell.asOf).toBe(moment);
    answer(1);
    await ask();
    expect(shell.asOf).toBeNull();
  });
});
