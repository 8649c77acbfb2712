import { errorStatus, type ErrorCode, type FieldFault, type OtherSession } from '../../contract/errors.ts';

interface Details {
  /** Which fields of the request are at fault, for `invalid_request`. */
  readonly fields?: readonly FieldFault[];
  /** Seconds, for `rate_limited`. */
  readonly retryAfter?: number;
  /** Of `session_active` and `session_displaced`. */
  readonly session?: OtherSession;
  /** How many slips, of `run_opened`. */
  readonly opened?: number;
}

/** A failure that the caller is told: a code of the contract. Anything else that is thrown becomes `internal`. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, details: Details = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}
