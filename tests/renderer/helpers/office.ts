import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { vi } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import type { DesktopApi } from '../../../contract/desktop/api.ts';
import type { Import } from '../../../contract/imports.ts';
import type { Payer, PayerDetails } from '../../../contract/payers.ts';
import type { Session, StaffRole } from '../../../contract/session.ts';
import App from '../../../src-renderer/App.vue';
import { useSessionStore } from '../../../src-renderer/modules/session/use-session-store.ts';
import { useShellStore } from '../../../src-renderer/modules/shell/use-shell-store.ts';
import { createAppRouter } from '../../../src-renderer/router.ts';
import { i18n } from '../../../src-renderer/shared/i18n/index.ts';
import { offlineOf } from './page.ts';
import { resident } from './people.ts';

/** An id of the contract's form. */
export const idOf = (number: number): string => number.toString(16).padStart(32, '0');

export function staffSession(...roles: readonly StaffRole[]): Session {
  return {
    ...resident,
    account: {
      ...resident.account,
      ...{ id: idOf(1), email: 'pisarna@vzorec.si', firstName: 'Petra', lastName: 'Pisar' },
    },
    payers: [],
    roles: roles.map((role, at) => ({ managerId: idOf(10 + at), managerName: `Upravnik ${at + 1}`, role })),
    since: '2026-11-23T08:00:00.000Z',
  };
}

export const payerOf = (number: number, more: Partial<Payer> = {}): Payer => ({
  id: idOf(1000 + number),
  code: String(104200 + number),
  name: `Priimek Ime ${number}`,
  street: 'Čopova ulica 8',
  town: '1000 Ljubljana',
  email: null,
  channel: 'none',
  access: 'none',
  units: [`Čopova ulica 8, ${number}`],
  lastSlip: null,
  ...more,
});

export const payerDetailsOf = (number: number, more: Partial<PayerDetails> = {}): PayerDetails => ({
  ...payerOf(number),
  ...{ taxNumber: null, premises: [], slipPassword: null, account: null, limits: [], ...more },
});

export const importOf = (more: Partial<Import> = {}): Import => ({
  id: idOf(500),
  fileName: 'oktober.csv',
  state: 'checking',
  progress: { phase: 'reading', rows: 0, bytes: 0, totalBytes: 100 },
  createdAt: '2026-11-23T08:00:00.000Z',
  createdBy: 'Petra Pisar',
  finishedAt: null,
  unknownColumns: [],
  faultCount: 0,
  faults: [],
  faultyRows: 0,
  unchangedOf: null,
  newPayers: 0,
  newSlips: 0,
  replacedSlips: 0,
  withdrawal: null,
  runs: [],
  ...more,
});

/** The bridge with what the office uses; each function can be given its answer. */
export function stubDesktop() {
  const office = {
    uploadBillingFile: vi.fn<DesktopApi['office']['uploadBillingFile']>(),
    cancelUpload: vi.fn<DesktopApi['office']['cancelUpload']>(() => Promise.resolve()),
    onUploadProgress: vi.fn<DesktopApi['office']['onUploadProgress']>(() => () => undefined),
    saveSlipPasswords: vi.fn<DesktopApi['office']['saveSlipPasswords']>(),
    cancelSlipPasswords: vi.fn<DesktopApi['office']['cancelSlipPasswords']>(() => Promise.resolve()),
    onSlipPasswordProgress: vi.fn<DesktopApi['office']['onSlipPasswordProgress']>(() => () => undefined),
    savePrintRun: vi.fn<DesktopApi['office']['savePrintRun']>(),
    cancelPrintRun: vi.fn<DesktopApi['office']['cancelPrintRun']>(() => Promise.resolve()),
    onPrintProgress: vi.fn<DesktopApi['office']['onPrintProgress']>(() => () => undefined),
    saveList: vi.fn<DesktopApi['office']['saveList']>(),
  };
  const documents = { saveText: vi.fn<DesktopApi['documents']['saveText']>() };
  const shell = { setColumns: vi.fn<DesktopApi['shell']['setColumns']>(() => Promise.resolve()) };
  vi.stubGlobal('desktop', { office, documents, shell, offline: offlineOf() });
  return { office, documents, shell };
}

/** happy-dom lays nothing out: a long table is given a height, so that it draws some of its rows. */
export function stubLayout(height = 400): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
}

/** The app at an address, signed in as staff. */
export async function openApp(path: string, session: Session) {
  const pinia = createPinia();
  setActivePinia(pinia);
  useShellStore().setAddress('https://portal.vzorec.si');
  useSessionStore().begin(session);
  const router = createAppRouter(createMemoryHistory());
  await router.push(path);
  const app = mount(App, { global: { plugins: [pinia, i18n, router] }, attachTo: document.body });
  await flushPromises();
  return { app, router };
}

/** The button with these words, also in a dialog, which is drawn outside of the page. */
export function buttonOf(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === words);
  if (!found) throw new Error(`there is no button "${words}"`);
  return found;
}

export async function press(words: string): Promise<void> {
  buttonOf(words).click();
  await flushPromises();
}
