import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeName } from '../../contract/desktop/api.ts';
import type { DesktopApi } from '../../contract/desktop/api.ts';
import { channels } from '../../contract/desktop/channels.ts';
import type { Channel } from '../../contract/desktop/channels.ts';

/** The main process answers with what the contract says: both sides are checked against DesktopApi. */
const invoke = <T>(channel: Channel, argument?: unknown) => ipcRenderer.invoke(channel, argument) as Promise<T>;

/** What the main process tells of its own accord. Answers how to stop listening. */
function onTold<T>(channel: Channel, listener: (told: T) => void): () => void {
  const forward = (_event: unknown, told: T) => listener(told);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.removeListener(channel, forward);
}

type Answer<Method extends (...args: never[]) => unknown> = Awaited<ReturnType<Method>>;

type Portal = DesktopApi['portal'];
type Session = DesktopApi['session'];
type HumanCheck = DesktopApi['humanCheck'];
type Account = DesktopApi['account'];
type Documents = DesktopApi['documents'];
type Keeping = DesktopApi['keeping'];
type Offline = DesktopApi['offline'];
type Diagnostics = DesktopApi['diagnostics'];
type Updates = DesktopApi['updates'];
type DeepLink = DesktopApi['deepLink'];
type Office = DesktopApi['office'];
type Shell = DesktopApi['shell'];

/** The bridge: named functions alone; neither ipcRenderer nor its events reach the page. */
const desktop = {
  portal: {
    get: () => invoke<Answer<Portal['get']>>(channels.portalGet),
    set: (address) => invoke<Answer<Portal['set']>>(channels.portalSet, address),
  },
  session: {
    signIn: (credentials) => invoke<Answer<Session['signIn']>>(channels.signIn, credentials),
    signOut: () => invoke<Answer<Session['signOut']>>(channels.signOut),
    onEnded: (listener) => onTold(channels.sessionEnded, listener),
  },
  account: {
    changePassword: (passwords) => invoke<Answer<Account['changePassword']>>(channels.changePassword, passwords),
    deleteAccount: (proof) => invoke<Answer<Account['deleteAccount']>>(channels.deleteAccount, proof),
    saveData: (file) => invoke<Answer<Account['saveData']>>(channels.saveAccountData, file),
  },
  humanCheck: {
    answer: (action) => invoke<Answer<HumanCheck['answer']>>(channels.answerHumanCheck, action),
    cancel: () => invoke<undefined>(channels.cancelHumanCheck),
  },
  documents: {
    saveSlipPdf: (slip) => invoke<Answer<Documents['saveSlipPdf']>>(channels.saveSlipPdf, slip),
    openSlipPdf: (slip) => invoke<Answer<Documents['openSlipPdf']>>(channels.openSlipPdf, slip),
    printSlipPdf: (slip) => invoke<Answer<Documents['printSlipPdf']>>(channels.printSlipPdf, slip),
    prepareDrag: (slip) => invoke<Answer<Documents['prepareDrag']>>(channels.prepareDrag, slip),
    startDrag: (slip) => invoke<Answer<Documents['startDrag']>>(channels.startDrag, slip),
    shareSlipPdf: (slip) => invoke<Answer<Documents['shareSlipPdf']>>(channels.shareSlipPdf, slip),
    showSaved: (file) => invoke<Answer<Documents['showSaved']>>(channels.showSaved, file),
    saveSlipYear: (year) => invoke<Answer<Documents['saveSlipYear']>>(channels.saveSlipYear, year),
    cancelSlipYear: () => invoke<undefined>(channels.cancelSlipYear),
    onSlipYearProgress: (listener) => onTold(channels.slipYearProgress, listener),
    saveText: (file) => invoke<Answer<Documents['saveText']>>(channels.saveText, file),
  },
  keeping: {
    status: () => invoke<Answer<Keeping['status']>>(channels.keepingStatus),
    retry: () => invoke<Answer<Keeping['retry']>>(channels.keepingRetry),
    onChange: (listener) => onTold(channels.keepingChanged, listener),
  },
  offline: {
    state: () => invoke<Answer<Offline['state']>>(channels.offlineState),
    onState: (listener) => onTold(channels.offlineStateChanged, listener),
    setFetching: (isWanted) => invoke<undefined>(channels.setFetching, isWanted),
    setMetered: (isMetered) => invoke<undefined>(channels.setMetered, isMetered),
    look: () => invoke<undefined>(channels.lookForPortal),
    onBack: (listener) => onTold<undefined>(channels.portalBack, () => listener()),
    forgetComputer: () => invoke<Answer<Offline['forgetComputer']>>(channels.forgetComputer),
  },
  diagnostics: {
    read: () => invoke<Answer<Diagnostics['read']>>(channels.readDiagnostics),
    onWanted: (listener) => onTold<undefined>(channels.diagnosticsWanted, () => listener()),
  },
  updates: {
    status: () => invoke<Answer<Updates['status']>>(channels.updatesStatus),
    check: () => invoke<Answer<Updates['check']>>(channels.checkForUpdates),
    restart: () => invoke<Answer<Updates['restart']>>(channels.restartToUpdate),
    onChange: (listener) => onTold(channels.updatesChanged, listener),
  },
  deepLink: {
    take: () => invoke<Answer<DeepLink['take']>>(channels.takeLink),
    onOpen: (listener) => onTold<undefined>(channels.linkOpened, () => listener()),
  },
  office: {
    uploadBillingFile: (file, managerId) => {
      // The path never passes through the page: only a file that the user chose or dropped has one.
      const path = webUtils.getPathForFile(file);
      return invoke<Answer<Office['uploadBillingFile']>>(channels.uploadBillingFile, { path, managerId });
    },
    cancelUpload: () => invoke<undefined>(channels.cancelUpload),
    onUploadProgress: (listener) => onTold(channels.uploadProgress, listener),
    saveSlipPasswords: (wanted) => invoke<Answer<Office['saveSlipPasswords']>>(channels.saveSlipPasswords, wanted),
    cancelSlipPasswords: () => invoke<undefined>(channels.cancelSlipPasswords),
    onSlipPasswordProgress: (listener) => onTold(channels.slipPasswordProgress, listener),
    saveList: (wanted) => invoke<Answer<Office['saveList']>>(channels.saveList, wanted),
    savePrintRun: (print) => invoke<Answer<Office['savePrintRun']>>(channels.savePrintRun, print),
    cancelPrintRun: () => invoke<undefined>(channels.cancelPrintRun),
    onPrintProgress: (listener) => onTold(channels.printProgress, listener),
  },
  shell: {
    info: () => invoke<Answer<Shell['info']>>(channels.shellInfo),
    openLink: (link) => invoke<Answer<Shell['openLink']>>(channels.openLink, link),
    setLanguage: (language) => invoke<undefined>(channels.setLanguage, language),
    setTheme: (theme) => invoke<undefined>(channels.setTheme, theme),
    setColumns: (choice) => invoke<undefined>(channels.setColumns, choice),
  },
} satisfies DesktopApi;

contextBridge.exposeInMainWorld(bridgeName, desktop);
