import type { RouteRecordRaw } from 'vue-router';

/** The pages of the manager's staff. */
export const officeRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/office/imports',
    name: 'imports',
    component: () => import('../imports/ImportsPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/imports/:id',
    name: 'import',
    component: () => import('../imports/ImportPage.vue'),
    props: true,
    meta: { access: 'clerk', menu: 'imports' },
  },
  {
    path: '/office/payers',
    name: 'payers',
    component: () => import('../payers/PayersPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/slip-passwords',
    name: 'slip-passwords',
    component: () => import('../slip-passwords/SlipPasswordsPage.vue'),
    meta: { access: 'admin' },
  },
];
