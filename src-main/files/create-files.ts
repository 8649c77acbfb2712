import type { PrintProgress, SaveProgress, UploadProgress } from '../../contract/desktop/api.ts';
import type { Gateway, SessionPort } from '../gateway/gateway.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import type { Logger } from '../log.ts';
import type { SettingsFile } from '../settings/settings.ts';
import { createAccountData } from './account-data.ts';
import { createBillingUpload } from './billing-upload.ts';
import type { PostStream } from './billing-upload.ts';
import { createDocuments } from './documents.ts';
import type { AskWhere, PrintPdf } from './documents.ts';
import { createDownload } from './download.ts';
import { createEInvoices } from './e-invoices.ts';
import type { OpenedCopies } from './opened-copies.ts';
import { createPrintDownload } from './print-download.ts';
import { createSaveZip } from './save-zip.ts';
import { createSlipYear } from './slip-year.ts';

export interface FilesDeps {
  readonly settings: SettingsFile;
  readonly client: PortalClient;
  readonly session: SessionPort;
  readonly gateway: Gateway;
  readonly copies: OpenedCopies;
  readonly postStream: PostStream;
  readonly askWhere: AskWhere;
  readonly printPdf: PrintPdf;
  readonly onUploadProgress: (progress: UploadProgress) => void;
  readonly onPrintProgress: (progress: PrintProgress) => void;
  readonly onSlipYearProgress: (progress: SaveProgress) => void;
  readonly log: Logger;
}

/** All that touches the user's files, put together. */
export function createFiles(given: FilesDeps) {
  const { settings, client, session, gateway, copies, askWhere, printPdf, log } = given;
  const portal = () => settings.get().portal;
  const lettersName = () => (settings.get().language === 'sl' ? 'pisma-z-gesli.pdf' : 'slip-password-letters.pdf');
  const download = createDownload({ client, session, portal });
  const saveZip = createSaveZip({ askWhere, download, log });
  return {
    documents: createDocuments({ askWhere, gateway, download, copies, printPdf, lettersName, log }),
    saveAccountData: createAccountData(saveZip),
    saveEInvoices: createEInvoices(saveZip),
    slipYear: createSlipYear({ saveZip, onProgress: given.onSlipYearProgress }),
    print: createPrintDownload({ askWhere, download, gateway, onProgress: given.onPrintProgress, log }),
    upload: createBillingUpload({
      postStream: given.postStream,
      session,
      portal,
      onProgress: given.onUploadProgress,
      log,
    }),
  };
}
