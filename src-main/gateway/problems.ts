import type { Result } from '../../contract/desktop/api.ts';
import { errorStatus, problemMediaType } from '../../contract/errors.ts';
import type { ErrorCode, FieldFault, Problem } from '../../contract/errors.ts';

/** A failure that has a code: the window gets the code, never an exception's text. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem | ErrorCode, options?: ErrorOptions) {
    const whole = typeof problem === 'string' ? problemOf(problem) : problem;
    super(whole.code, options);
    this.name = 'ProblemError';
    this.problem = whole;
  }
}

/** The body that says what went wrong in the main process itself. */
export function problemOf(code: ErrorCode, fields?: FieldFault[]): Problem {
  const title = code.replaceAll('_', ' ');
  return { type: `iiportal:error:${code}`, title, status: errorStatus[code], code, ...(fields && { fields }) };
}

/** The same as an answer of the gateway. */
export function problemResponse(code: ErrorCode): Response {
  const problem = problemOf(code);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'Content-Type': problemMediaType },
  });
}

/** Whether the portal said that the session is over. A wrong password is a 401 too, and ends nothing. */
export const endsSession = (problem: Problem | null): problem is Problem =>
  problem?.code === 'not_signed_in' || problem?.code === 'session_displaced';

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (problem: Problem): Result<never> => ({ ok: false, problem });
