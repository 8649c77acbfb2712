import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../contract/registrations.ts';

const words = {
  sl: { edit: 'Urejanje', view: 'Pogled', help: 'Pomoč', diagnostics: 'Podatki za pomoč' },
  en: { edit: 'Edit', view: 'View', help: 'Help', diagnostics: 'Details for support' },
} as const;

export interface MenuOptions {
  readonly language: Language;
  readonly platform: NodeJS.Platform;
  readonly devTools: boolean;
  /** The details for support are wanted. */
  readonly onDiagnostics: () => void;
}

/** Hidden but on macOS: it is there for its keys (copy and paste, zoom, full screen). */
export function setMenu({ language, platform, devTools, onDiagnostics }: MenuOptions): void {
  const { edit, view, help, diagnostics } = words[language];
  const app: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const editing: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  const viewing: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // On most keyboards plus and the numeric pad are other keys than the accelerator's.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomIn', accelerator: 'CommandOrControl+numadd', visible: false },
    { role: 'zoomOut' },
    { role: 'zoomOut', accelerator: 'CommandOrControl+numsub', visible: false },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(devTools ? [{ role: 'toggleDevTools' } as const] : []),
  ];
  const helping: MenuItemConstructorOptions[] = [{ label: `${diagnostics} …`, click: onDiagnostics }];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...app,
      { label: edit, submenu: editing },
      { label: view, submenu: viewing },
      { role: 'help', label: help, submenu: helping },
    ]),
  );
}
