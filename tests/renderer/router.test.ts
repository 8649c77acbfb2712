import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import type { Session } from '../../contract/session.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { useShellStore } from '../../src-renderer/modules/shell/use-shell-store.ts';
import { createAppRouter } from '../../src-renderer/router.ts';
import { clerk, resident } from './helpers/people.ts';

beforeEach(() => {
  setActivePinia(createPinia());
});

async function arriveAt(path: string, session: Session | null, address: string | null = 'https://portal.vzorec.si') {
  useShellStore().setAddress(address);
  if (session) useSessionStore().begin(session);
  const router = createAppRouter(createMemoryHistory());
  await router.push(path);
  return router.currentRoute.value;
}

describe('the ways through the app', () => {
  it("begin with the portal's address", async () => {
    expect((await arriveAt('/slips', null, null)).name).toBe('portal');
  });

  it.each(['/', '/slips', '/profile'])('lead from %s to the sign-in', async (path) => {
    expect((await arriveAt(path, null)).name).toBe('sign-in');
  });

  it('let guests register', async () => {
    expect((await arriveAt('/registration', null)).name).toBe('registration');
  });

  it.each(['/sign-in', '/registration'])('lead who is signed in away from %s', async (path) => {
    expect((await arriveAt(path, resident)).name).toBe('home');
  });

  it('lead staff without premises to the office', async () => {
    const route = await arriveAt('/', clerk);
    expect(route.meta.access).toBe('clerk');
  });

  it('keep residents out of the office', async () => {
    const office = createAppRouter(createMemoryHistory())
      .getRoutes()
      .find((route) => route.meta.access === 'clerk' && !route.path.includes(':'));
    expect(office).toBeDefined();
    expect((await arriveAt(office?.path ?? '', resident)).name).toBe('home');
  });

  it('keep clerks out of what is for admins', async () => {
    const adminOnly = createAppRouter(createMemoryHistory())
      .getRoutes()
      .find((route) => route.meta.access === 'admin');
    expect(adminOnly).toBeDefined();
    expect((await arriveAt(adminOnly?.path ?? '', clerk)).meta.access).toBe('clerk');
  });

  it('stay at the profile for who has nothing else', async () => {
    expect((await arriveAt('/', { ...resident, payers: [] })).name).toBe('profile');
  });
});
