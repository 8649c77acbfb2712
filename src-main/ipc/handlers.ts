import type { z } from 'zod';
import type { Result } from '../../contract/desktop/api.ts';
import { channels } from '../../contract/desktop/channels.ts';
import type { Channel } from '../../contract/desktop/channels.ts';
import type { Problem } from '../../contract/errors.ts';
import { failure, ProblemError, problemOf, success } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';

/** Messages that are sent to the window. */
export const toldChannels = [
  channels.uploadProgress,
  channels.printProgress,
  channels.slipPasswordProgress,
  channels.slipYearProgress,
  channels.offlineStateChanged,
  channels.portalBack,
  channels.linkOpened,
  channels.diagnosticsWanted,
  channels.updatesChanged,
  channels.keepingChanged,
  channels.sessionEnded,
] as const;

/** Messages that the window sends and that are answered. */
export type InvokeChannel = Exclude<Channel, (typeof toldChannels)[number]>;

/** Takes whatever the window sent and answers, or fails. */
export type Handler = (argument: unknown, log: Logger) => Promise<unknown>;

/** A handler that answers plainly. What it fails with reaches the window as nothing but "refused" or "failed". */
export function plain<T>(schema: z.ZodType<T>, run: (argument: T) => unknown): Handler {
  return async (argument) => await run(schema.parse(argument));
}

/** A handler that answers with a Result: problems keep their code, anything else is logged and `internal`. */
export function coded<T, V>(schema: z.ZodType<T>, run: (argument: T) => Promise<V>): Handler {
  return async (argument, log): Promise<Result<V>> => {
    const parsed = schema.safeParse(argument);
    if (!parsed.success) return failure(faulty(parsed.error));
    try {
      return success(await run(parsed.data));
    } catch (error) {
      if (error instanceof ProblemError) return failure(error.problem);
      log.error('command_failed', { error });
      return failure(problemOf('internal'));
    }
  };
}

function faulty(error: z.ZodError): Problem {
  return problemOf(
    'invalid_request',
    error.issues.map((issue) => ({ path: issue.path.join('.'), rule: issue.message })),
  );
}
