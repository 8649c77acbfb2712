import { createRouter, createWebHashHistory } from 'vue-router';
import type { Router, RouteRecordRaw, RouterHistory } from 'vue-router';
import { officeRoutes } from './modules/office/routes.ts';
import { profileRoutes } from './modules/profile/routes.ts';
import { isOfOffice, landing, mayOpen } from './modules/shell/menu.ts';
import type { Access } from './modules/shell/menu.ts';
import { useSessionStore } from './modules/session/use-session-store.ts';
import { useShellStore } from './modules/shell/use-shell-store.ts';
import { mayLeave } from './shared/composables/use-leave-guard.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Whom the page is for. */
    access: Access;
    /** The menu entry that the page belongs to, where it is not its own. */
    menu?: string;
  }
}

/** Pages are loaded when they are first opened. */
export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/portal',
    name: 'portal',
    component: () => import('./modules/setup/PortalAddressPage.vue'),
    meta: { access: 'anyone' },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./modules/guest/SignInPage.vue'),
    meta: { access: 'guest' },
  },
  {
    path: '/registration',
    name: 'registration',
    component: () => import('./modules/guest/RegistrationPage.vue'),
    meta: { access: 'guest' },
  },
  {
    path: '/forgotten-password',
    name: 'forgotten-password',
    component: () => import('./modules/guest/ForgottenPasswordPage.vue'),
    meta: { access: 'guest' },
  },
  {
    path: '/sign-in-help',
    name: 'sign-in-help',
    component: () => import('./modules/guest/SignInHelpPage.vue'),
    meta: { access: 'guest' },
  },
  {
    path: '/invitation',
    name: 'invitation',
    component: () => import('./modules/guest/InvitationPage.vue'),
    meta: { access: 'guest' },
  },
  { path: '/', name: 'home', component: () => import('./modules/slips/HomePage.vue'), meta: { access: 'resident' } },
  {
    path: '/slips',
    name: 'slips',
    component: () => import('./modules/slips/SlipsPage.vue'),
    meta: { access: 'resident' },
  },
  {
    path: '/slips/:id',
    name: 'slip',
    component: () => import('./modules/slips/SlipPage.vue'),
    props: true,
    meta: { access: 'resident', menu: 'slips' },
  },
  {
    path: '/this-computer',
    name: 'this-computer',
    component: () => import('./modules/this-computer/ThisComputerPage.vue'),
    meta: { access: 'anyone' },
  },
  ...profileRoutes,
  ...officeRoutes,
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('./modules/shell/NotFoundPage.vue'),
    meta: { access: 'anyone' },
  },
];

/**
 * Who is not signed in sees the sign-in, and before that the question for the portal's address; who may not open a page
 * sees the first one that is theirs, and an admin without a second factor where to set it up instead of the office.
 * The server decides again: this only keeps people from dead ends.
 */
export function createAppRouter(history: RouterHistory = createWebHashHistory()): Router {
  const router = createRouter({ history, routes });

  router.beforeEach((to) => {
    const session = useSessionStore();
    if (useShellStore().address === null) return to.name === 'portal' || { name: 'portal' };
    if (session.needsSecondFactor && isOfOffice(to.meta.access)) return { name: 'second-factor' };
    if (mayOpen(to.meta.access, session)) return true;
    return { name: session.isSignedIn ? landing(session) : 'sign-in' };
  });

  router.beforeEach(() => mayLeave());

  return router;
}
