import type { IpcMainInvokeEvent } from 'electron';
import { appOrigin } from '../gateway/app-protocol.ts';
import type { Logger } from '../log.ts';
import type { Handler, InvokeChannel } from './handlers.ts';

/** The part of Electron's ipcMain that is used, and used here alone. */
export interface IpcPort {
  handle(channel: string, listener: (event: Sender, ...args: unknown[]) => Promise<unknown>): void;
}

export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>;

/** The frame of the window that may send, or undefined while there is none. */
export type TrustedFrame = () => Sender['senderFrame'] | undefined;

/** Only our own page in the window's main frame: no frame within it, no page it was led to. */
function isTrusted(sender: Sender, trusted: TrustedFrame): boolean {
  const frame = sender.senderFrame;
  const expected = trusted();
  if (!frame || !expected) return false;
  const isSame = frame.processId === expected.processId && frame.routingId === expected.routingId;
  return isSame && frame.url.startsWith(`${appOrigin}/`);
}

/** The only place where messages from the window come in. */
export function registerHandlers(
  ipc: IpcPort,
  handlers: Readonly<Record<InvokeChannel, Handler>>,
  trusted: TrustedFrame,
  log: Logger,
): void {
  for (const [channel, handler] of Object.entries(handlers)) {
    ipc.handle(channel, async (event, ...args) => {
      if (!isTrusted(event, trusted) || args.length > 1) {
        log.warn('message_refused', { channel });
        throw new Error('refused');
      }
      try {
        return await handler(args[0], log);
      } catch (error) {
        log.warn('message_failed', { channel, error });
        // Electron would send the message of any other error to the window.
        throw new Error('failed', { cause: error });
      }
    });
  }
}
