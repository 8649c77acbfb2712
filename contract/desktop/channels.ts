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
  saveSlipPdf: 'documents:save-slip-pdf',
  uploadBillingFile: 'office:upload-billing-file',
  cancelUpload: 'office:cancel-upload',
  uploadProgress: 'office:upload-progress',
  saveLetters: 'office:save-letters',
  saveText: 'documents:save-text',
  shellInfo: 'shell:info',
  setLanguage: 'shell:set-language',
  setTheme: 'shell:set-theme',
} as const;

export type Channel = (typeof channels)[keyof typeof channels];
