import { setTimeout as startTimer } from 'node:timers';

/** For work in the background that goes on after a while, or as soon as something has changed. */
export interface Alarm {
  /** Until the time is over, which may be never, or the alarm rings. */
  sleep(ms: number): Promise<void>;
  /** What has rung so far counts no more. */
  hush(): void;
  /** Rings; while nobody sleeps, for the next one who wants to. */
  ring(): void;
}

export function createAlarm(): Alarm {
  let hasRung = false;
  let wake: () => void = () => undefined;
  return {
    async sleep(ms) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = Number.isFinite(ms) ? startTimer(resolve, ms).unref() : undefined;
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    hush: () => void (hasRung = false),
    ring() {
      hasRung = true;
      wake();
    },
  };
}
