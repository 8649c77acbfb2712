import { flushPromises } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { OfflineState, OfflineStatus } from '../../../contract/desktop/api.ts';
import { useSessionStore } from '../../../src-renderer/modules/session/use-session-store.ts';
import OfflineCard from '../../../src-renderer/modules/this-computer/components/OfflineCard.vue';
import { eventually } from '../../helpers/eventually.ts';
import { press, staffSession } from '../helpers/office.ts';
import { refusal } from '../helpers/own-account.ts';
import { openPage } from '../helpers/page.ts';
import { resident } from '../helpers/people.ts';

const half: OfflineState = {
  ...{ status: 'fetching', done: 7, total: 24, bytes: 1_234_567 },
  asOf: '2026-11-22T08:00:00.000Z',
};

async function open(given: OfflineState, session: typeof resident | null = resident) {
  let now = given;
  let tell: (state: OfflineState) => void = () => undefined;
  const bridge = {
    state: vi.fn(() => Promise.resolve(now)),
    onState: (listener: (state: OfflineState) => void) => {
      tell = listener;
      return () => undefined;
    },
    setFetching: vi.fn((isWanted: boolean) => {
      now = { ...now, status: isWanted ? 'fetching' : 'paused' };
      return Promise.resolve();
    }),
    forgetComputer: vi.fn(() => Promise.resolve({ ok: true as const, value: null })),
  };
  const { page, router } = await openPage(OfflineCard, { offline: bridge });
  if (session) useSessionStore().begin(session);
  await flushPromises();
  return { page, router, bridge, tell: (state: OfflineState) => tell(state) };
}

describe('the card of what this computer keeps', () => {
  it('says how many of how many, how much, and as of when, and follows what happens', async () => {
    const { page, tell } = await open(half);
    expect(page.text()).toContain('Shranjenih 7 od 24 razdelilnikov.');
    expect(page.text()).toContain('1,2\u00a0MB');
    expect(page.text()).toContain('22. 11. 2026');
    expect(page.get('progress').attributes()).toMatchObject({ value: '7', max: '24' });
    tell({ ...half, status: 'done', done: 24 });
    await flushPromises();
    expect(page.text()).toContain('Vse je shranjeno.');
    expect(page.find('progress').exists()).toBe(false);
  });

  it('stops and goes on when the person says so', async () => {
    const { page, bridge } = await open(half);
    await press('Ustavi shranjevanje');
    expect(page.text()).toContain('Shranjevanje je ustavljeno.');
    await press('Nadaljuj shranjevanje');
    expect(bridge.setFetching.mock.calls).toEqual([[false], [true]]);
  });

  it.each<[OfflineStatus, string]>([
    ['no_keychain', 'program nima dostopa do shrambe gesel'],
    ['newer', 'Namestite novejšo različico'],
  ])('says why nothing can be kept (%s), with nothing to press that would not help', async (status, words) => {
    const { page } = await open({ ...half, status, done: 0, total: 0, bytes: 0, asOf: null });
    expect(page.text()).toContain(words);
    expect(page.findAll('button')).toHaveLength(1);
  });

  it.each<[OfflineStatus, string]>([
    ['offline', 'Čakamo na povezavo'],
    ['metered', 'plačuje po porabi'],
    ['disk', 'ni dovolj prostora'],
  ])('says what it waits for (%s)', async (status, words) => {
    expect((await open({ ...half, status })).page.text()).toContain(words);
  });

  it('is about slips for residents alone; whoever it is can have the computer forget', async () => {
    const states = [await open(half, staffSession('clerk')), await open({ ...half, status: 'nothing' }, null)];
    for (const { page } of states) {
      expect(page.text()).not.toContain('Shranjenih');
      expect(page.text()).toContain('Pozabi ta računalnik');
    }
  });
});

describe('forgetting the computer', () => {
  it('is asked about first, then signs out and goes to the sign-in', async () => {
    const { bridge, router } = await open(half);
    await press('Pozabi ta računalnik');
    expect(bridge.forgetComputer).not.toHaveBeenCalled();
    await press('Odjavi me in izbriši');
    expect(bridge.forgetComputer).toHaveBeenCalledOnce();
    expect(useSessionStore().isSignedIn).toBe(false);
    await eventually(() => expect(router.currentRoute.value.name).toBe('sign-in'));
  });

  it('says so when it did not work, and nobody is signed out', async () => {
    const { bridge, page } = await open(half);
    bridge.forgetComputer.mockResolvedValue(refusal('internal') as never);
    await press('Pozabi ta računalnik');
    await press('Odjavi me in izbriši');
    expect(useSessionStore().isSignedIn).toBe(true);
    expect(page.find('[role=alert]').exists()).toBe(true);
  });
});
