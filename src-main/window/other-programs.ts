import { nativeImage, shell, ShareMenu } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Surroundings } from '../application.ts';
import { dragIcon } from './drag-icon.ts';

/** Electron's ways to other programs. Each is called in one place, which has judged what goes out. */
export function createOtherPrograms(window: () => BrowserWindow | null): Surroundings['otherPrograms'] {
  return {
    dragFile: (file) => {
      // Without an icon Electron drags nothing.
      const icon = nativeImage.createFromDataURL(`data:image/png;base64,${dragIcon}`);
      window()?.webContents.startDrag({ file, icon });
    },
    shareFile: (file) => {
      const parent = window();
      new ShareMenu({ filePaths: [file] }).popup(parent ? { window: parent } : {});
    },
    showInFolder: (path) => shell.showItemInFolder(path),
    openExternal: (url) => shell.openExternal(url),
  };
}
