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
    path: '/office/runs',
    name: 'runs',
    component: () => import('../print-runs/RunsPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/runs/:id',
    name: 'run',
    component: () => import('../print-runs/RunPage.vue'),
    props: true,
    meta: { access: 'clerk', menu: 'runs' },
  },
  {
    path: '/office/payers',
    name: 'payers',
    component: () => import('../payers/PayersPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/payers/:id',
    name: 'payer',
    component: () => import('../payers/PayerPage.vue'),
    props: true,
    meta: { access: 'clerk', menu: 'payers' },
  },
  {
    path: '/office/slip-passwords',
    name: 'slip-passwords',
    component: () => import('../slip-passwords/SlipPasswordsPage.vue'),
    meta: { access: 'admin' },
  },
  {
    path: '/office/e-invoice-requests',
    name: 'e-invoice-requests',
    component: () => import('../e-invoices/RequestsPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/mails',
    name: 'mails',
    component: () => import('../mails/MailsPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/settings',
    name: 'manager-settings',
    component: () => import('../manager-settings/ManagerSettingsPage.vue'),
    meta: { access: 'admin' },
  },
  {
    path: '/office/staff',
    name: 'staff',
    component: () => import('../staff/StaffPage.vue'),
    meta: { access: 'admin' },
  },
];
