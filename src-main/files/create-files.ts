import type { PrintProgress, SaveProgress, SlipPasswordProgress, UploadProgress } from '../../contract/desktop/api.ts';
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
import { createHandOver } from './hand-over.ts';
import type { HandOverDeps } from './hand-over.ts';
import { createLists } from './lists.ts';
import type { OpenedCopies } from './opened-copies.ts';
import { createPrintDownload } from './print-download.ts';
import { createReadSlipPdf } from './read-slip-pdf.ts';
import { createSaveZip } from './save-zip.ts';
import { createSavedFiles } from './saved-files.ts';
import { createSlipPasswordDownload } from './slip-password-download.ts';
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
  readonly otherPrograms: Pick<HandOverDeps, 'dragFile' | 'shareFile' | 'showInFolder'>;
  readonly onUploadProgress: (progress: UploadProgress) => void;
  readonly onPrintProgress: (progress: PrintProgress) => void;
  readonly onSlipPasswordProgress: (progress: SlipPasswordProgress) => void;
  readonly onSlipYearProgress: (progress: SaveProgress) => void;
  readonly log: Logger;
}

/** All that touches the user's files, put together. */
export function createFiles(given: FilesDeps) {
  const { settings, client, session, gateway, copies, printPdf, log } = given;
  const saved = createSavedFiles();
  const askWhere = saved.hearing(given.askWhere);
  const readSlipPdf = createReadSlipPdf(gateway);
  const portal = () => settings.get().portal;
  const download = createDownload({ client, session, portal });
  const saveZip = createSaveZip({ askWhere, download, log });
  return {
    documents: createDocuments({ askWhere, readSlipPdf, copies, printPdf, log }),
    handOver: createHandOver({ ...given.otherPrograms, copies, readSlipPdf, saved }),
    saveAccountData: createAccountData(saveZip),
    saveList: createLists(saveZip),
    slipYear: createSlipYear({ saveZip, onProgress: given.onSlipYearProgress }),
    print: createPrintDownload({ askWhere, download, gateway, onProgress: given.onPrintProgress, log }),
    slipPasswords: createSlipPasswordDownload({
      ...{ askWhere, download, gateway, log },
      onProgress: given.onSlipPasswordProgress,
    }),
    upload: createBillingUpload({
      postStream: given.postStream,
      session,
      portal,
      onProgress: given.onUploadProgress,
      log,
    }),
  };
}
