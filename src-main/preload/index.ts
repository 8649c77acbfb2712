import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeName } from '../../contract/desktop/api.ts';
import type { DesktopApi, UploadProgress } from '../../contract/desktop/api.ts';
import { channels } from '../../contract/desktop/channels.ts';
import type { Channel } from '../../contract/desktop/channels.ts';

/** The main process answers with what the contract says: both sides are checked against DesktopApi. */
const invoke = <T>(channel: Channel, argument?: unknown) => ipcRenderer.invoke(channel, argument) as Promise<T>;

type Answer<Method extends (...args: never[]) => unknown> = Awaited<ReturnType<Method>>;

type Portal = DesktopApi['portal'];
type Session = DesktopApi['session'];
type Documents = DesktopApi['documents'];
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
  },
  documents: {
    saveSlipPdf: (slip) => invoke<Answer<Documents['saveSlipPdf']>>(channels.saveSlipPdf, slip),
    saveText: (file) => invoke<Answer<Documents['saveText']>>(channels.saveText, file),
  },
  office: {
    uploadBillingFile: (file, managerId) => {
      // The path never passes through the page: only a file that the user chose or dropped has one.
      const path = webUtils.getPathForFile(file);
      return invoke<Answer<Office['uploadBillingFile']>>(channels.uploadBillingFile, { path, managerId });
    },
    cancelUpload: () => invoke<undefined>(channels.cancelUpload),
    onUploadProgress: (listener) => {
      const forward = (_event: unknown, { sent, total }: UploadProgress) => listener({ sent, total });
      ipcRenderer.on(channels.uploadProgress, forward);
      return () => void ipcRenderer.removeListener(channels.uploadProgress, forward);
    },
    saveLetters: (order, managerId) =>
      invoke<Answer<Office['saveLetters']>>(channels.saveLetters, { order, managerId }),
  },
  shell: {
    info: () => invoke<Answer<Shell['info']>>(channels.shellInfo),
    setLanguage: (language) => invoke<undefined>(channels.setLanguage, language),
    setTheme: (theme) => invoke<undefined>(channels.setTheme, theme),
  },
} satisfies DesktopApi;

contextBridge.exposeInMainWorld(bridgeName, desktop);
