import type { Session } from 'electron';

/** Empties what Chromium has kept for the window: storage, its caches, names it has looked up. */
export async function clearWindow(session: Session): Promise<void> {
  await session.clearStorageData();
  await session.clearCache();
  await session.clearCodeCaches({});
  await session.clearHostResolverCache();
}
