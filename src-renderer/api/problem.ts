import { problemSchema } from '../../contract/errors.ts';
import type { ErrorCode, FieldFault, OtherSession, Problem } from '../../contract/errors.ts';

/** What went wrong, as a code: the one kind of error that pages see, whichever door it came through. */
export class ApiProblem extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldFault[];
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  readonly session: OtherSession | undefined;
  /** Of `run_opened`: how many slips. */
  readonly opened: number | undefined;

  constructor(problem: Pick<Problem, 'code'> & Partial<Problem>, options?: ErrorOptions) {
    super(problem.code, options);
    this.code = problem.code;
    this.fields = problem.fields ?? [];
    this.retryAfter = problem.retryAfter;
    this.requestId = problem.requestId;
    this.session = problem.session;
    this.opened = problem.opened;
  }
}

/** A problem from an answer's body, when it is one. */
export function problemOf(body: unknown): ApiProblem | null {
  const parsed = problemSchema.safeParse(body);
  return parsed.success ? new ApiProblem(parsed.data) : null;
}

/** Whatever was thrown, as a problem: what we did not foresee is `internal`. */
export const toProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem({ code: 'internal' }, { cause: error });
