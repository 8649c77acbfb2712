import type { App } from 'electron';
import { updateSource } from './electron-updater.ts';
import { createUpdates, keepLooking } from './updates.ts';
import type { Updates, UpdatesDeps } from './updates.ts';

/** Updates as this installation has them; looked for from some time after the start on. */
export async function startUpdates(
  app: Pick<App, 'isPackaged' | 'getAppPath' | 'releaseSingleInstanceLock'>,
  { isManaged, onChange, log }: Pick<UpdatesDeps, 'isManaged' | 'onChange' | 'log'>,
): Promise<Updates> {
  const source = await updateSource(app, log);
  const updates = createUpdates({
    ...{ source, isManaged, onChange, log },
    // The new version may start before this one has ended, and would give way to it.
    beforeRestart: () => app.releaseSingleInstanceLock(),
  });
  if (source && !isManaged) keepLooking(updates);
  return updates;
}
