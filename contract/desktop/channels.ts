/** The names of the messages between the window and the main process. Nothing else passes. */
export const channels = {
  portalGet: 'portal:get',
  portalSet: 'portal:set',
  signIn: 'session:sign-in',
  signOut: 'session:sign-out',
  sessionEnded: 'session:ended',
  changePassword: 'account:change-password',
  deleteAccount: 'account:delete',
  saveAccountData: 'account:save-data',
  answerHumanCheck: 'human-check:answer',
  cancelHumanCheck: 'human-check:cancel',
  saveSlipPdf: 'documents:save-slip-pdf',
  uploadBillingFile: 'office:upload-billing-file',
  cancelUpload: 'office:cancel-upload',
  uploadProgress: 'office:upload-progress',
  saveLetters: 'office:save-letters',
  savePrintRun: 'office:save-print-run',
  saveEInvoices: 'office:save-e-invoices',
  cancelPrintRun: 'office:cancel-print-run',
  printProgress: 'office:print-progress',
  saveText: 'documents:save-text',
  openSlipPdf: 'documents:open-slip-pdf',
  printSlipPdf: 'documents:print-slip-pdf',
  saveSlipYear: 'documents:save-slip-year',
  cancelSlipYear: 'documents:cancel-slip-year',
  slipYearProgress: 'documents:slip-year-progress',
  takeLink: 'deep-link:take',
  linkOpened: 'deep-link:opened',
  shellInfo: 'shell:info',
  setLanguage: 'shell:set-language',
  setTheme: 'shell:set-theme',
} as const;

/** The one message of the view that shows the portal's page with Turnstile: see contract/human-check-page.ts. */
export const humanCheckReport = 'human-check:report';

export type Channel = (typeof channels)[keyof typeof channels];
