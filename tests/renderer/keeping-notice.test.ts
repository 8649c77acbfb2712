import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Keeping } from '../../contract/desktop/api.ts';
import KeepingNotice from '../../src-renderer/modules/shell/KeepingNotice.vue';
import { useKeepingStore } from '../../src-renderer/modules/shell/use-keeping-store.ts';
import { useKeeping } from '../../src-renderer/modules/shell/use-keeping.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { openPage, until } from './helpers/page.ts';
import { resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const well: Keeping = { keychain: 'available', sessionWaits: false, disk: null };

let portal: FakePortal;
/** What the main process says when it is asked, and how it tells of its own accord. */
let answer: Keeping;
let tell: (keeping: Keeping) => void;

beforeEach(async () => {
  portal = await startFakePortal();
  answer = well;
});

afterEach(() => portal.close());

async function openNotice(keeping: Keeping, isSignedIn = true) {
  const opened = await openPage(KeepingNotice, {
    keeping: {
      status: () => Promise.resolve(keeping),
      retry: () => Promise.resolve(answer),
      onChange(listener) {
        tell = listener;
        return () => undefined;
      },
    },
  });
  if (isSignedIn) useSessionStore().begin(resident);
  await opened.page.vm.$nextTick();
  await useKeeping().follow(opened.router);
  await flushPromises();
  return opened;
}

const button = (page: VueWrapper, name: string) => page.findAll('button').find((found) => found.text() === name)!;

describe('the notice of what this computer can keep', () => {
  test.each([
    [{ ...well, keychain: 'locked' }, 'je zaklenjena'],
    [{ ...well, keychain: 'denied' }, 'ne sme uporabljati'],
    [{ ...well, keychain: 'absent' }, 'nima shrambe gesel'],
    [{ ...well, keychain: 'locked', disk: 'full' }, 'ni več prostora'],
    [{ ...well, disk: 'refused' }, 'ne more pisati'],
  ] as const)('tells who is signed in: %o', async (keeping, words) => {
    const { page } = await openNotice(keeping);
    expect(page.get('[role=status]').text()).toContain(words);
    expect(page.get('a').attributes('href')).toContain('this-computer');
  });

  test('is not there while all is well, and comes and goes with what the main process tells', async () => {
    const { page } = await openNotice(well);
    expect(page.find('[role=status]').exists()).toBe(false);
    tell({ ...well, keychain: 'locked' });
    await flushPromises();
    expect(page.find('[role=status]').exists()).toBe(true);
    tell(well);
    await flushPromises();
    expect(page.find('[role=status]').exists()).toBe(false);
  });

  test('says that a try has not helped, and goes when one has', async () => {
    const { page } = await openNotice({ ...well, keychain: 'locked' });
    answer = { ...well, keychain: 'locked' };
    await button(page, 'Poskusi znova').trigger('click');
    await until(() => page.text().includes('Še vedno ne gre.'));
    answer = well;
    await button(page, 'Poskusi znova').trigger('click');
    await until(() => !page.find('[role=status]').exists());
  });

  test('bothers no guest with it, unless a session waits; then it is taken up, and the person is in', async () => {
    expect((await openNotice({ ...well, keychain: 'absent' }, false)).page.find('[role=status]').exists()).toBe(false);
    const { page, router } = await openNotice({ ...well, keychain: 'locked', sessionWaits: true }, false);
    expect(page.text()).toContain('Vaša prijava čaka');
    portal.answer('GET /session', resident);
    tell(well);
    await until(() => useSessionStore().isSignedIn);
    await until(() => router.currentRoute.value.name === 'home');
    expect(useKeepingStore().trouble).toBeNull();
  });
});
