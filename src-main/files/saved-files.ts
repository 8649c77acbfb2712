import { basename } from 'node:path';
import type { AskWhere } from './documents.ts';

/** Where this program has saved files since its start. The window knows their names; the paths stay here. */
export interface SavedFiles {
  /** The path that the person chose last for a file of that name. */
  find(fileName: string): string | undefined;
  /** The same dialog, listened to. */
  hearing(askWhere: AskWhere): AskWhere;
}

export function createSavedFiles(): SavedFiles {
  const paths = new Map<string, string>();
  return {
    find: (fileName) => paths.get(fileName),
    hearing: (askWhere) => async (suggestion) => {
      const path = await askWhere(suggestion);
      if (path !== null) paths.set(basename(path), path);
      return path;
    },
  };
}
