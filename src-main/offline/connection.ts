/** Whether the portal answers, as far as the last question showed. */
export interface Connection {
  isLost(): boolean;
  reached(): void;
  lost(): void;
  /** The system has said that there is a network again, or somebody wants to know: asks now. */
  look(): Promise<void>;
}

export interface ConnectionDeps {
  /** Asks the portal the cheapest question there is; fails where it does not answer. */
  readonly probe: () => Promise<unknown>;
  /** False only when surely nobody can be reached. */
  readonly isOnline: () => boolean;
  /** Until the first look after a loss; each further one waits twice as long, half a minute at the most. */
  readonly firstMs: number;
  /** The portal answers for the first time after a loss. */
  readonly onBack: () => void;
}

const longestMs = 30_000;

/** Once a question found nobody, looks now and then until the portal is back. */
export function createConnection({ probe, isOnline, firstMs, onBack }: ConnectionDeps): Connection {
  let isLost = false;
  let waitMs = firstMs;
  let timer: NodeJS.Timeout | undefined;

  function reached(): void {
    if (!isLost) return;
    isLost = false;
    waitMs = firstMs;
    clearTimeout(timer);
    onBack();
  }

  function plan(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), waitMs).unref();
    waitMs = Math.min(waitMs * 2, Math.max(longestMs, firstMs));
  }

  async function look(): Promise<void> {
    if (!isLost) return;
    const answered =
      isOnline() &&
      (await probe().then(
        () => true,
        () => false,
      ));
    if (answered) reached();
    else if (isLost) plan();
  }

  return {
    isLost: () => isLost,
    reached,
    lost() {
      if (isLost) return;
      isLost = true;
      plan();
    },
    look,
  };
}
