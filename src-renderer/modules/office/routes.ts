import type { RouteRecordRaw } from 'vue-router';

/** The pages of the manager's staff. */
export const officeRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/office',
    name: 'overview',
    component: () => import('../overview/OverviewPage.vue'),
    meta: { access: 'clerk' },
  },
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
    component: () => import('../runs/RunsPage.vue'),
    meta: { access: 'clerk' },
  },
  {
    path: '/office/runs/:id',
    name: 'run',
    component: () => import('../runs/RunPage.vue'),
    props: true,
    meta: { access: 'clerk', menu: 'runs' },
  },
  {
    path: '/office/runs/:id/print',
    name: 'run-print',
    component: () => import('../runs/PrintPage.vue'),
    props: true,
    meta: { access: 'clerk', menu: 'runs' },
  },
  {
    path: '/office/slips/:id',
    name: 'slip-as-resident',
    component: () => import('../slips/SlipAsResidentPage.vue'),
    props: true,
    meta: { access: 'clerk', menu: 'runs' },
  },
  {
    path: '/office/payers',
    name: 'payers',
    component: () => import('../payers/PayersPage.vue'),
    // With the page: what it filters by is no part of the first screen.
    beforeEnter: async (to) => (await import('../payers/take-filters.ts')).takeFilters(to),
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
    path: '/office/payers/:id/merge',
    name: 'payer-merge',
    component: () => import('../payers/PayerMergePage.vue'),
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
    path: '/office/settings/slip',
    name: 'slip-settings',
    component: () => import('../manager-settings/SlipSettingsPage.vue'),
    meta: { access: 'admin', menu: 'manager-settings' },
  },
  {
    path: '/office/settings/mails',
    name: 'mail-settings',
    component: () => import('../manager-settings/MailSettingsPage.vue'),
    meta: { access: 'admin', menu: 'manager-settings' },
  },
  {
    path: '/office/settings/hosts',
    name: 'host-settings',
    component: () => import('../manager-settings/HostSettingsPage.vue'),
    meta: { access: 'admin', menu: 'manager-settings' },
  },
  {
    path: '/office/staff',
    name: 'staff',
    component: () => import('../staff/StaffPage.vue'),
    meta: { access: 'admin', menu: 'manager-settings' },
  },
  {
    path: '/office/api-keys',
    name: 'api-keys',
    component: () => import('../api-keys/ApiKeysPage.vue'),
    meta: { access: 'admin', menu: 'manager-settings' },
  },
  {
    path: '/office/audit',
    name: 'audit-log',
    component: () => import('../audit/AuditPage.vue'),
    meta: { access: 'admin', menu: 'manager-settings' },
  },
];
