import type { ModelClass } from 'objection';
import { days, later, minutes, toInstant } from './db/time.ts';
import { sweepLimits } from './http/limit.ts';
import { forgetOldMails } from './mail/retention.ts';
import { ApiKey } from './models/api-key.ts';
import { AccountCode } from './models/account-code.ts';
import type { BaseModel } from './models/base-model.ts';
import { DisplacedSession } from './models/displaced-session.ts';
import { FaultyRows } from './models/faulty-rows.ts';
import { HumanCheck } from './models/human-check.ts';
import { Invitation } from './models/invitation.ts';
import { PrintRun } from './models/print-run.ts';
import { Session } from './models/session.ts';
import { forgetChecked } from './modules/imports/forget-checked.ts';
import type { Services } from './services.ts';

type RetentionServices = Pick<Services, 'clock' | 'config' | 'db'>;

/** Word for a client whose session was displaced: after so long it has been read, or nobody will. */
const displacedDays = 7;

/** Who printed what is told for a year and a bit; the audit trail keeps it for good. */
const printRunDays = 400;

/** So long the faulty rows of a billing file can be downloaded: by then it was corrected, or nobody will. */
const faultyRowDays = 30;

/** The office's list tells for a year which keys for other programs there were; then they are forgotten. */
const apiKeyDays = 365;

/**
 * Takes away what has run out: it opens nothing any more, and most of it says something of somebody. Requests for a new
 * password are not among it: their worker never leaves any.
 */
export async function forgetExpired({ clock, config, db }: RetentionServices): Promise<void> {
  const now = clock();
  const forget = async (model: ModelClass<BaseModel>, column: string, keptDays = 0): Promise<void> => {
    const before = toInstant(later(now, -keptDays * days));
    await model.query(db).delete().where(column, '<', before);
  };
  await forget(Session, 'expires_at');
  await forget(Session, 'last_used_at', config.sessionIdleDays);
  await forget(DisplacedSession, 'displaced_at', displacedDays);
  await forget(AccountCode, 'expires_at');
  await forget(Invitation, 'expires_at');
  await forget(HumanCheck, 'expires_at');
  await forget(ApiKey, 'expires_at', apiKeyDays);
  await forget(FaultyRows, 'created_at', faultyRowDays);
  await forget(PrintRun, 'created_at', printRunDays);
  await forgetOldMails(db, now);
  await forgetChecked(db, now);
  await sweepLimits(db);
}

const pause = 60 * minutes;

/** Does it at the start and every hour. Any number of processes may. */
export function createRetentionWorker({ logger, ...services }: RetentionServices & Pick<Services, 'logger'>) {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function loop(): void {
    running = forgetExpired(services).catch((error: unknown) => {
      logger.error({ err: error }, 'what has run out could not be taken away');
    });
    void running.then(() => {
      if (!stopped) timer = setTimeout(loop, pause).unref();
    });
  }

  return {
    start: loop,
    /** Waits for what is being done. */
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
