import type { Route } from '../http/route.ts';
import type { Services } from '../services.ts';
import { accountDataRoutes } from './account-data/account-data.routes.ts';
import { accountDeletionRoutes } from './account-deletion/account-deletion.routes.ts';
import { accountPayerRoutes } from './account-payers/account-payers.routes.ts';
import { accountRoutes } from './account/account.routes.ts';
import { apiKeyRoutes } from './api-keys/api-keys.routes.ts';
import { auditRoutes } from './audit/audit.routes.ts';
import { eInvoiceRoutes } from './e-invoices/e-invoices.routes.ts';
import { humanCheckRoutes } from './human-check/human-check.routes.ts';
import { importRoutes } from './imports/imports.routes.ts';
import { managerRoutes } from './managers/managers.routes.ts';
import { managerSettingsRoutes } from './manager-settings/manager-settings.routes.ts';
import { notificationRoutes } from './notifications/notifications.routes.ts';
import { mailRoutes } from './mails/mails.routes.ts';
import { officeSlipRoutes } from './office-slips/office-slips.routes.ts';
import { overviewRoutes } from './overview/overview.routes.ts';
import { passwordResetRoutes } from './password-resets/password-resets.routes.ts';
import { payerChangeRoutes } from './payers/payer-changes.routes.ts';
import { payerHistoryRoutes } from './payers/payer-history.routes.ts';
import { payerRoutes } from './payers/payers.routes.ts';
import { printRunRoutes } from './print-runs/print-runs.routes.ts';
import { portalRoutes } from './portal/portal.routes.ts';
import { registrationRoutes } from './registrations/registrations.routes.ts';
import { runRoutes } from './runs/runs.routes.ts';
import { secondFactorRoutes } from './second-factor/second-factor.routes.ts';
import { sessionRoutes } from './session/session.routes.ts';
import { slipPasswordRoutes } from './slip-passwords/slip-passwords.routes.ts';
import { slipYearRoutes } from './slip-years/slip-years.routes.ts';
import { slipRoutes } from './slips/slips.routes.ts';
import { invitationRoutes } from './staff/invitations.routes.ts';
import { staffRoutes } from './staff/staff.routes.ts';

/** Every route of the API: a module adds a line here. */
export const createRoutes = (services: Services): Route[] => [
  ...portalRoutes(services),
  ...humanCheckRoutes(services),
  ...registrationRoutes(services),
  ...passwordResetRoutes(services),
  ...sessionRoutes(services),
  ...importRoutes(services),
  ...auditRoutes(services),
  ...mailRoutes(services),
  ...payerRoutes(services),
  ...payerHistoryRoutes(services),
  ...payerChangeRoutes(services),
  ...slipPasswordRoutes(services),
  ...overviewRoutes(services),
  ...runRoutes(services),
  ...officeSlipRoutes(services),
  ...printRunRoutes(services),
  ...slipRoutes(services),
  ...slipYearRoutes(services),
  ...managerRoutes(services),
  ...managerSettingsRoutes(services),
  ...accountRoutes(services),
  ...accountPayerRoutes(services),
  ...notificationRoutes(services),
  ...accountDataRoutes(services),
  ...accountDeletionRoutes(services),
  ...eInvoiceRoutes(services),
  ...secondFactorRoutes(services),
  ...staffRoutes(services),
  ...invitationRoutes(services),
  ...apiKeyRoutes(services),
];
