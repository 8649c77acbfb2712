import { z } from 'zod';
import type { ShellInfo } from '../../contract/desktop/api.ts';
import { channels } from '../../contract/desktop/channels.ts';
import {
  answerHumanCheckSchema,
  changePasswordSchema,
  deleteAccountSchema,
  portalAddressSchema,
  openSlipPdfSchema,
  openLinkSchema,
  prepareDragSchema,
  printSlipPdfSchema,
  saveAccountDataSchema,
  saveListSchema,
  savePrintRunSchema,
  saveSlipPasswordsSchema,
  saveSlipPdfSchema,
  saveSlipYearSchema,
  saveTextSchema,
  setColumnsSchema,
  setFetchingSchema,
  setLanguageSchema,
  setMeteredSchema,
  setThemeSchema,
  shareSlipPdfSchema,
  showSavedSchema,
  startDragSchema,
  signInSchema,
  uploadSchema,
} from '../../contract/desktop/schemas.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { DeepLinks } from '../deep-link/deep-links.ts';
import type { OpenLink } from '../external/open-link.ts';
import type { SaveAccountData } from '../files/account-data.ts';
import type { BillingUpload } from '../files/billing-upload.ts';
import type { Documents } from '../files/documents.ts';
import type { HandOver } from '../files/hand-over.ts';
import type { SaveList } from '../files/lists.ts';
import type { PrintDownload } from '../files/print-download.ts';
import type { SlipPasswordDownload } from '../files/slip-password-download.ts';
import type { SlipYear } from '../files/slip-year.ts';
import type { HumanCheck } from '../human-check/human-check.ts';
import type { Offline } from '../offline/create-offline.ts';
import type { Account } from '../session/account.ts';
import type { KeepingWatch } from '../session/keeping.ts';
import type { SignIn } from '../session/sign-in.ts';
import { withColumns } from '../settings/settings.ts';
import type { SettingsFile, Settings } from '../settings/settings.ts';
import type { Updates } from '../updates/updates.ts';
import { coded, plain } from './handlers.ts';
import type { Handler, InvokeChannel } from './handlers.ts';

export interface DesktopHandlerDeps {
  readonly settings: SettingsFile;
  readonly signIn: SignIn;
  readonly account: Account;
  readonly documents: Documents;
  readonly handOver: HandOver;
  readonly openLink: OpenLink;
  readonly saveAccountData: SaveAccountData;
  readonly slipYear: SlipYear;
  readonly links: Pick<DeepLinks, 'take'>;
  readonly diagnostics: Diagnostics;
  readonly updates: Pick<Updates, 'status' | 'check' | 'restart'>;
  readonly humanCheck: HumanCheck;
  readonly keeping: Pick<KeepingWatch, 'status' | 'retry'>;
  readonly offline: Offline;
  readonly upload: BillingUpload;
  readonly print: PrintDownload;
  readonly slipPasswords: SlipPasswordDownload;
  readonly saveList: SaveList;
  readonly shellInfo: () => ShellInfo;
  /** Language and theme of menus and window frame. */
  readonly applyAppearance: (settings: Settings) => void;
}

const nothing = z.undefined();

/** What each message of the bridge does. A message without a line here does not compile. */
export function desktopHandlers(deps: DesktopHandlerDeps): Record<InvokeChannel, Handler> {
  const { settings, signIn, account, documents, handOver, humanCheck, offline, upload } = deps;

  const remember = async (changes: Partial<Settings>) => {
    await settings.change(changes);
    deps.applyAppearance(settings.get());
  };

  return {
    [channels.portalGet]: plain(nothing, signIn.portal),
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
    [channels.prepareDrag]: coded(prepareDragSchema, handOver.prepareDrag),
    [channels.startDrag]: coded(startDragSchema, handOver.startDrag),
    [channels.shareSlipPdf]: coded(shareSlipPdfSchema, handOver.share),
    [channels.showSaved]: coded(showSavedSchema, handOver.showSaved),
    [channels.saveSlipYear]: coded(saveSlipYearSchema, deps.slipYear.save),
    [channels.cancelSlipYear]: plain(nothing, deps.slipYear.cancel),
    [channels.keepingStatus]: plain(nothing, deps.keeping.status),
    [channels.keepingRetry]: plain(nothing, deps.keeping.retry),
    [channels.offlineState]: plain(nothing, offline.state),
    [channels.setFetching]: plain(setFetchingSchema, (isWanted) => offline.setFetching(isWanted)),
    [channels.setMetered]: plain(setMeteredSchema, offline.setMetered),
    [channels.lookForPortal]: plain(nothing, () => offline.look()),
    [channels.forgetComputer]: coded(nothing, offline.forgetComputer),
    [channels.readDiagnostics]: plain(nothing, deps.diagnostics),
    [channels.updatesStatus]: plain(nothing, deps.updates.status),
    [channels.checkForUpdates]: plain(nothing, deps.updates.check),
    [channels.restartToUpdate]: plain(nothing, deps.updates.restart),
    [channels.takeLink]: plain(nothing, deps.links.take),
    [channels.saveText]: coded(saveTextSchema, documents.saveText),
    [channels.saveSlipPasswords]: coded(saveSlipPasswordsSchema, deps.slipPasswords.save),
    [channels.cancelSlipPasswords]: plain(nothing, deps.slipPasswords.cancel),
    [channels.uploadBillingFile]: coded(uploadSchema, upload.send),
    [channels.cancelUpload]: plain(nothing, upload.cancel),
    [channels.savePrintRun]: coded(savePrintRunSchema, deps.print.save),
    [channels.saveList]: coded(saveListSchema, deps.saveList),
    [channels.cancelPrintRun]: plain(nothing, deps.print.cancel),
    [channels.shellInfo]: plain(nothing, deps.shellInfo),
    [channels.openLink]: coded(openLinkSchema, deps.openLink),
    [channels.setLanguage]: plain(setLanguageSchema, (language) => remember({ language })),
    [channels.setTheme]: plain(setThemeSchema, (theme) => remember({ theme })),
    [channels.setColumns]: plain(setColumnsSchema, (choice) => settings.change(withColumns(settings.get(), choice))),
  };
}
