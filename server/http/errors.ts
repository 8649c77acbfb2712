import type { Context, Middleware } from 'koa';
import { errorStatus, problemMediaType, type ErrorCode, type Problem } from '../../contract/errors.ts';
import { brokenConstraint, type UniqueConstraint } from '../db/constraints.ts';
import { isUnreachable } from '../db/unreachable.ts';
import type { Logger } from '../logger.ts';
import { ApiError } from './api-error.ts';
import type { RequestState } from './guard.ts';

/** What a broken constraint means to a caller, for the races that a check beforehand cannot exclude. */
const constraintCodes: Partial<Record<UniqueConstraint, ErrorCode>> = {
  accounts_email_uq: 'email_taken',
  e_invoice_requests_open_uq: 'e_invoice_request_state',
  print_runs_running_uq: 'print_running',
};

/** What koa's own parts throw, such as the router for a path that cannot be decoded. */
function codeOfStatus(status: unknown): ErrorCode | undefined {
  const codes: Record<number, ErrorCode> = { 400: 'invalid_request', 404: 'not_found', 405: 'method_not_allowed' };
  return typeof status === 'number' ? codes[status] : undefined;
}

function toApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  const constraint = brokenConstraint(error);
  const code =
    (constraint && constraintCodes[constraint]) ?? codeOfStatus((error as { status?: unknown } | null)?.status);
  return code && new ApiError(code);
}

/** problem+json for a failure: the code and what belongs to it, nothing of the failure's own text. */
function toProblem(failure: ApiError, requestId: string): Problem {
  const { code, details, status } = failure;
  return {
    type: `iiportal:error:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    requestId,
    ...(details.fields ? { fields: [...details.fields] } : {}),
    ...(details.retryAfter === undefined ? {} : { retryAfter: details.retryAfter }),
    ...(details.session ? { session: details.session } : {}),
    ...(details.opened === undefined ? {} : { opened: details.opened }),
  };
}

function send(ctx: Context, failure: ApiError): void {
  const problem = toProblem(failure, (ctx.state as RequestState).requestId);
  // The rest of a body that was not wanted flows by unread: behind it comes the next request of the connection.
  ctx.req.resume();
  ctx.status = problem.status;
  ctx.remove('Content-Disposition');
  if (problem.retryAfter !== undefined) ctx.set('Retry-After', String(problem.retryAfter));
  ctx.body = JSON.stringify(problem);
  ctx.type = problemMediaType;
}

const cutConnections = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/** A caller who hangs up in the middle, of a request or an answer, is nobody's fault. HPE: node's HTTP parser. */
const isHungUp = ({ code = '' }: NodeJS.ErrnoException): boolean => cutConnections.has(code) || code.startsWith('HPE_');

/**
 * For what fails when the answer is already on its way, such as a PDF that is written while it is read: it is cut off,
 * by which the caller knows that it is not whole.
 */
export const brokenAnswers =
  (logger: Logger) =>
  (error: NodeJS.ErrnoException, ctx: Context): void => {
    logger[isHungUp(error) ? 'info' : 'error'](
      { requestId: (ctx.state as RequestState).requestId, err: error },
      'answer broken off',
    );
  };

/** The last resort and the only place where a failure becomes an answer. */
export const errors =
  (logger: Logger): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      // The router leaves unknown paths and methods as a status without a body.
      if (ctx.status === errorStatus.not_found && ctx.body === undefined) throw new ApiError('not_found');
      if (ctx.status === 405 || ctx.status === 501) throw new ApiError('method_not_allowed');
    } catch (error) {
      const failure = toApiError(error);
      if (!failure) {
        // A caller who hangs up in the middle of a request is nobody's fault.
        const level = ctx.req.socket.destroyed ? 'info' : 'error';
        logger[level]({ requestId: (ctx.state as RequestState).requestId, err: error }, 'request failed');
      }
      send(ctx, failure ?? new ApiError(isUnreachable(error) ? 'unavailable' : 'internal'));
    }
  };
