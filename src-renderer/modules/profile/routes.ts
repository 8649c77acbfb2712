import type { RouteRecordRaw } from 'vue-router';

/** The pages of the signed-in person's own account. */
export const profileRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/profile',
    name: 'profile',
    component: () => import('./ProfilePage.vue'),
    meta: { access: 'account' },
  },
  {
    path: '/profile/email',
    name: 'email-confirmation',
    component: () => import('./EmailConfirmationPage.vue'),
    meta: { access: 'account', menu: 'profile' },
  },
  {
    path: '/profile/password',
    name: 'new-password',
    component: () => import('./NewPasswordPage.vue'),
    meta: { access: 'account', menu: 'profile' },
  },
  {
    path: '/profile/second-factor',
    name: 'second-factor',
    component: () => import('./SecondFactorPage.vue'),
    meta: { access: 'account', menu: 'profile' },
  },
  {
    path: '/profile/e-invoices',
    name: 'e-invoices',
    component: () => import('../e-invoices/EInvoicesPage.vue'),
    meta: { access: 'resident', menu: 'profile' },
  },
  {
    path: '/premises/add',
    name: 'add-premises',
    component: () => import('../premises/AddPremisesPage.vue'),
    meta: { access: 'account' },
  },
];
