import { join } from 'node:path';
import type { BrowserWindow, Dialog, SaveDialogOptions } from 'electron';
import type { Language } from '../../contract/registrations.ts';
import type { AskWhere } from '../files/documents.ts';

const filters = {
  pdf: { name: 'PDF', extensions: ['pdf'] },
  csv: { name: 'CSV', extensions: ['csv'] },
  txt: { name: 'TXT', extensions: ['txt'] },
  zip: { name: 'ZIP', extensions: ['zip'] },
};

/** The system's own dialog, which also asks before it writes over a file. */
export function createAskWhere(
  dialog: Dialog,
  window: () => BrowserWindow | null,
  folder: string,
  language: () => Language,
): AskWhere {
  return async ({ fileName, kind }) => {
    const options: SaveDialogOptions = {
      title: language() === 'sl' ? 'Shrani' : 'Save',
      defaultPath: join(folder, fileName),
      filters: [filters[kind]],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    };
    const parent = window();
    const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
    return answer.canceled || !answer.filePath ? null : answer.filePath;
  };
}
