import { z } from 'zod';

/**
 * The closed list of what can go wrong, with the HTTP status of each.
 * The server sends the code (RFC 9457 problem+json), the client turns it into a sentence.
 */
export const errorStatus = {
  /** The request does not have the declared form; `fields` says where. */
  invalid_request: 400,
  /** No token, or one that is no longer good. */
  not_signed_in: 401,
  /** The session was ended by a sign-in somewhere else. */
  session_displaced: 401,
  /** E-mail and password do not belong together. Does not say which of them is wrong. */
  wrong_credentials: 401,
  /** The password is right; the account has a session elsewhere. `session` says where and since when. */
  session_active: 409,
  /** The password is right; the code of the second factor, or a recovery code, must come along. */
  second_factor_required: 403,
  /** The code of the second factor is wrong, used or too old. */
  second_factor_rejected: 422,
  /** Admins work with a second factor, and this one has none yet. */
  second_factor_needed: 403,
  /** A second factor is set up already, or there is none to change. */
  second_factor_state: 409,
  /** After failures somebody could be guessing: the answer to a human check must come along. */
  human_check_required: 403,
  /** The password is right; the operator has closed the account. */
  account_disabled: 403,
  /** The own password, asked for again before something that cannot be undone, is wrong. Ends no session. */
  wrong_password: 422,
  /** The code from the mail is wrong, used up, replaced by a newer one or too old. Does not say which. */
  code_rejected: 422,
  /** First the e-mail address must be confirmed. */
  email_unconfirmed: 403,
  /** The manager would be left without an admin. */
  last_admin: 409,
  /** This person is on the manager's staff already. */
  staff_member: 409,
  /** Signed in, but this operation is for somebody else. */
  forbidden: 403,
  /** The PDF is for payers with an e-invoice channel. */
  e_invoice_required: 403,
  /** There is a request about this payer's e-invoices already, or it has been decided meanwhile. */
  e_invoice_request_state: 409,
  /** The document would be longer than we make one. */
  document_failed: 422,
  /** The picture is no PNG or JPEG that we can print, or has too many pixels. */
  picture_rejected: 422,
  /** Also what somebody else's things look like. */
  not_found: 404,
  /** The address exists, the method does not. */
  method_not_allowed: 405,
  /** The server cannot answer in any of the asked-for formats. */
  not_acceptable: 406,
  /** Payer code and slip password do not open a registration. Does not say why. */
  slip_password_rejected: 422,
  /** Told only to who holds a valid slip password. */
  email_taken: 409,
  /** The payer already belongs to an account; the office can release it. */
  payer_taken: 409,
  /** The human check is missing, wrong, used or too old. */
  human_check_failed: 422,
  /** Who judges the human check cannot be reached; the client answers a challenge of our own instead. */
  human_check_unavailable: 503,
  /** The staff member works for several managers and did not say which. */
  manager_required: 400,
  /** The mail was not given up, or so long ago that its text is erased. */
  mail_state: 409,
  /** The import is not in a state that allows this. */
  import_state: 409,
  /** Other imports have changed what the preview was counted against: it is counted anew, look again. */
  import_outdated: 409,
  /** Residents have opened slips of the run, or mails with them have left: it cannot be taken back. */
  run_opened: 409,
  /** The two payers belong to accounts of different people, or are one and the same: they cannot be merged. */
  merge_refused: 409,
  /** The manager has as many live keys for other programs as it can have. */
  api_keys_full: 409,
  /** Another manager uses this host name, or it is the common address of the portal. */
  host_taken: 409,
  /** The main host name is not removed: first another one takes its place. */
  main_host: 409,
  /** The account for payments that orders without one go to is not removed: first another one takes its place. */
  default_iban: 409,
  /** The run is a draft: nothing that counts leaves the house before residents see it. */
  run_draft: 409,
  /** Slips of a published run are not replaced. */
  run_published: 409,
  /** Another import of this manager is being worked on. */
  import_running: 409,
  /** This person has slips printed already; one print run at a time. */
  print_running: 409,
  /** The body is larger than the operation takes. */
  body_too_large: 413,
  /** The body is not of a kind that the operation takes. */
  unsupported_media_type: 415,
  /** Too many tries; `retryAfter` is in seconds. */
  rate_limited: 429,
  /** Anything that was not foreseen. Look it up in the log by `requestId`. */
  internal: 500,
  /** The server is starting, stopping or without its database. */
  unavailable: 503,
  /** Said by the desktop gateway: the portal's server cannot be reached and nothing was kept for offline use. */
  offline: 503,
  /** Said by the desktop gateway: what answered at the portal's address is not an iiPortal server. */
  not_a_portal: 502,
  /** Said by the desktop gateway: whoever answers cannot show that it is the portal. No certificate is excused. */
  certificate_untrusted: 502,
  /** Said by the desktop shell: the portal's address is the administrator's to choose. */
  portal_pinned: 403,
  /** Said by the desktop shell: a file on this computer could not be read or written. */
  file_failed: 500,
  /** Said by the desktop shell: the file that was saved has been moved or deleted since. */
  file_gone: 404,
  /** Said by the desktop shell: the system has no program for this, for example for mail. */
  no_program: 500,
  /** Said by the desktop shell: there is no printer, or it does not take the document. */
  printer_failed: 500,
  /** Said by the desktop shell: slip passwords were issued, or may have been, but the letters with them are lost. */
  letters_lost: 500,
  /** Said by the desktop shell: the same of slip passwords on slips that were to be printed. */
  print_lost: 500,
  /** Said by the desktop shell: the user called the upload or the human check off. */
  cancelled: 499,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const errorCodes = Object.keys(errorStatus) as ErrorCode[];

/** One faulty field of a request: its path ("password", "payerIds.0") and the broken rule. */
export const fieldFaultSchema = z.object({ path: z.string(), rule: z.string() });

/** The session that is in the way, or that took this one's place. */
export const otherSessionSchema = z.object({
  device: z.string().nullable().describe('"Windows, PISARNA-3"; null when it did not say.'),
  since: z.iso.datetime(),
});
export type OtherSession = z.infer<typeof otherSessionSchema>;

/** The body of every answer that is not a success: application/problem+json. */
export const problemSchema = z.object({
  type: z.string().describe('iiportal:error:<code>'),
  title: z.string().describe('The code in words, English, for whoever reads a log.'),
  status: z.number().int(),
  code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
  requestId: z.string().optional(),
  fields: z.array(fieldFaultSchema).optional(),
  retryAfter: z.number().int().optional().describe('Seconds.'),
  session: otherSessionSchema.optional().describe('Of session_active and session_displaced.'),
  opened: z.number().int().optional().describe('Of run_opened: how many slips.'),
});

export type Problem = z.infer<typeof problemSchema>;
export type FieldFault = z.infer<typeof fieldFaultSchema>;

export const problemMediaType = 'application/problem+json';
