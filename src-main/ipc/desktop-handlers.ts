import { z } from 'zod';
import type { ShellInfo } from '../../contract/desktop/api.ts';
import { channels } from '../../contract/desktop/channels.ts';
import {
  answerHumanCheckSchema,
  changePasswordSchema,
  deleteAccountSchema,
  portalAddressSchema,
  openSlipPdfSchema,
  printSlipPdfSchema,
  saveAccountDataSchema,
  saveEInvoicesSchema,
  saveLettersSchema,
  savePrintRunSchema,
  saveSlipPdfSchema,
  saveSlipYearSchema,
  saveTextSchema,
  setLanguageSchema,
  setThemeSchema,
  signInSchema,
  uploadSchema,
} from '../../contract/desktop/schemas.ts';
import type { DeepLinks } from '../deep-link/deep-links.ts';
import type { SaveAccountData } from '../files/account-data.ts';
import type { BillingUpload } from '../files/billing-upload.ts';
import type { Documents } from '../files/documents.ts';
import type { SaveEInvoices } from '../files/e-invoices.ts';
import type { PrintDownload } from '../files/print-download.ts';
import type { SlipYear } from '../files/slip-year.ts';
import type { HumanCheck } from '../human-check/human-check.ts';
import type { Account } from '../session/account.ts';
import type { SignIn } from '../session/sign-in.ts';
import type { SettingsFile, Settings } from '../settings/settings.ts';
import { coded, plain } from './handlers.ts';
import type { Handler, InvokeChannel } from './handlers.ts';

export interface DesktopHandlerDeps {
  readonly settings: SettingsFile;
  readonly signIn: SignIn;
  readonly account: Account;
  readonly documents: Documents;
  readonly saveAccountData: SaveAccountData;
  readonly slipYear: SlipYear;
  readonly links: Pick<DeepLinks, 'take'>;
  readonly humanCheck: HumanCheck;
  readonly upload: BillingUpload;
  readonly print: PrintDownload;
  readonly saveEInvoices: SaveEInvoices;
  readonly shellInfo: () => Promise<ShellInfo>;
  /** Language and theme of menus and window frame. */
  readonly applyAppearance: (settings: Settings) => void;
}

const nothing = z.undefined();

/** What each message of the bridge does. A message without a line here does not compile. */
export function desktopHandlers(deps: DesktopHandlerDeps): Record<InvokeChannel, Handler> {
  const { settings, signIn, account, documents, humanCheck, upload } = deps;

  const remember = async (changes: Partial<Settings>) => {
    await settings.change(changes);
    deps.applyAppearance(settings.get());
  };

  return {
    [channels.portalGet]: plain(nothing, () => ({ address: settings.get().portal })),
    [channels.portalSet]: coded(portalAddressSchema, signIn.setPortal),
    [channels.signIn]: coded(signInSchema, signIn.signIn),
    [channels.signOut]: coded(nothing, signIn.signOut),
    [channels.answerHumanCheck]: coded(answerHumanCheckSchema, humanCheck.answer),
    [channels.cancelHumanCheck]: plain(nothing, humanCheck.cancel),
    [channels.changePassword]: coded(changePasswordSchema, account.changePassword),
    [channels.deleteAccount]: coded(deleteAccountSchema, account.deleteAccount),
    [channels.saveAccountData]: coded(saveAccountDataSchema, deps.saveAccountData),
    [channels.saveSlipPdf]: coded(saveSlipPdfSchema, documents.saveSlipPdf),
    [channels.openSlipPdf]: coded(openSlipPdfSchema, documents.openSlipPdf),
    [channels.printSlipPdf]: coded(printSlipPdfSchema, documents.printSlipPdf),
    [channels.saveSlipYear]: coded(saveSlipYearSchema, deps.slipYear.save),
    [channels.cancelSlipYear]: plain(nothing, deps.slipYear.cancel),
    [channels.takeLink]: plain(nothing, deps.links.take),
    [channels.saveText]: coded(saveTextSchema, documents.saveText),
    [channels.saveLetters]: coded(saveLettersSchema, documents.saveLetters),
    [channels.uploadBillingFile]: coded(uploadSchema, upload.send),
    [channels.cancelUpload]: plain(nothing, upload.cancel),
    [channels.savePrintRun]: coded(savePrintRunSchema, deps.print.save),
    [channels.saveEInvoices]: coded(saveEInvoicesSchema, deps.saveEInvoices),
    [channels.cancelPrintRun]: plain(nothing, deps.print.cancel),
    [channels.shellInfo]: plain(nothing, deps.shellInfo),
    [channels.setLanguage]: plain(setLanguageSchema, (language) => remember({ language })),
    [channels.setTheme]: plain(setThemeSchema, (theme) => remember({ theme })),
  };
}
