import { createSender, type SenderOptions } from './sender.ts';

export interface MailWorker {
  readonly start: () => void;
  /** Sends what is due now. Resolves when each of them was tried once, or the mail server is in trouble. */
  readonly run: () => Promise<void>;
  /** Lets the mails that are being sent be finished, but does not wait for a server that hangs. */
  readonly stop: () => Promise<void>;
}

interface MailWorkerOptions extends SenderOptions {
  /** Milliseconds that a stop waits for the mails that are being sent. */
  readonly grace?: number;
}

const pause = { done: 2000, trouble: 30_000 } as const;

/**
 * Sends the outbox's mails. Any number of processes may run one on the same database.
 * A mail arrives at least once: it is sent again when the server's answer was lost, with the same message id.
 */
export function createMailWorker({ grace = 5000, ...options }: MailWorkerOptions): MailWorker {
  const { logger, transport } = options;
  const sender = createSender(options);
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
    let end: keyof typeof pause = 'trouble';
    try {
      end = await sender.sendDue();
    } catch (error) {
      logger.error({ err: error }, 'the mail worker failed');
    }
    if (!stopped) timer = setTimeout(loop, pause[end]).unref();
  }

  function loop(): void {
    running = round();
  }

  return {
    start: loop,
    run: async () => {
      await sender.sendDue();
    },
    stop: async () => {
      stopped = true;
      sender.stop();
      clearTimeout(timer);
      const limit = setTimeout(sender.breakOff, grace);
      await running;
      clearTimeout(limit);
      transport.close();
    },
  };
}
