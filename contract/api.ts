import { addPayer, listManagers, removePayer } from './account-payers.ts';
import {
  cancelEmailChange,
  changeEmail,
  changePassword,
  confirmEmail,
  deleteAccount,
  downloadAccountData,
  listNotificationChoices,
  sendEmailCode,
  setNotificationChoice,
  updateAccount,
} from './account.ts';
import {
  confirmEInvoiceRequest,
  exportEInvoices,
  getPayerEInvoice,
  listEInvoiceRequests,
  listEInvoices,
  refuseEInvoiceRequest,
  requestEInvoice,
  setPayerChannel,
  withdrawEInvoiceRequest,
} from './e-invoices.ts';
import type { Endpoint } from './endpoint.ts';
import { createHumanCheck } from './human-check.ts';
import { createImport, discardImport, getImport, listImports, publishImport } from './imports.ts';
import { listMails, retryMail } from './mails.ts';
import {
  deleteLogo,
  getLogo,
  getManagerSettings,
  previewTemplates,
  setLogo,
  updateManagerSettings,
} from './manager-settings.ts';
import { completePasswordReset, requestPasswordReset } from './password-resets.ts';
import { endPayerSession, getPayer, liftPayerLimits, listPayers, releasePayer } from './payers.ts';
import { getPortal } from './portal.ts';
import { countPrint, createPrintRun, getPrintRun, getRun, listPrintRuns, listRuns } from './print-runs.ts';
import { createRegistration } from './registrations.ts';
import { confirmSecondFactor, removeSecondFactor, renewRecoveryCodes, startSecondFactor } from './second-factor.ts';
import { checkSession, createSession, deleteSession, getSession } from './session.ts';
import { issueSlipPasswords } from './slip-passwords.ts';
import { downloadSlips, getSlip, getSlipPdf, listSlips, listSlipYears } from './slips.ts';
import {
  acceptInvitation,
  changeStaffRole,
  inviteStaff,
  listStaff,
  openInvitation,
  removeStaff,
  withdrawInvitation,
} from './staff.ts';

/** Every operation there is. The server refuses to start with one of these missing. */
export const operations = [
  getPortal,
  createHumanCheck,
  createRegistration,
  requestPasswordReset,
  completePasswordReset,
  createSession,
  getSession,
  checkSession,
  deleteSession,
  listSlips,
  getSlip,
  getSlipPdf,
  listSlipYears,
  downloadSlips,
  createImport,
  listImports,
  getImport,
  discardImport,
  publishImport,
  issueSlipPasswords,
  listRuns,
  getRun,
  countPrint,
  createPrintRun,
  listPrintRuns,
  getPrintRun,
  listMails,
  retryMail,
  getManagerSettings,
  updateManagerSettings,
  previewTemplates,
  getLogo,
  setLogo,
  deleteLogo,
  listPayers,
  getPayer,
  releasePayer,
  endPayerSession,
  liftPayerLimits,
  listManagers,
  updateAccount,
  changePassword,
  changeEmail,
  cancelEmailChange,
  sendEmailCode,
  confirmEmail,
  addPayer,
  removePayer,
  listNotificationChoices,
  setNotificationChoice,
  downloadAccountData,
  deleteAccount,
  listEInvoices,
  requestEInvoice,
  withdrawEInvoiceRequest,
  listEInvoiceRequests,
  confirmEInvoiceRequest,
  refuseEInvoiceRequest,
  getPayerEInvoice,
  setPayerChannel,
  exportEInvoices,
  startSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  removeSecondFactor,
  listStaff,
  inviteStaff,
  withdrawInvitation,
  changeStaffRole,
  removeStaff,
  openInvitation,
  acceptInvitation,
] as const satisfies readonly Endpoint[];
