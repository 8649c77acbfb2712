import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../contract/registrations.ts';

const words = {
  sl: { edit: 'Urejanje', view: 'Pogled' },
  en: { edit: 'Edit', view: 'View' },
} as const;

/** Hidden but on macOS: it is there for its keys (copy and paste, zoom, full screen). */
export function setMenu(language: Language, platform: NodeJS.Platform, devTools: boolean): void {
  const { edit, view } = words[language];
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
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...app, { label: edit, submenu: editing }, { label: view, submenu: viewing }]),
  );
}
