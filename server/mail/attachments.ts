import type { Mail } from '../models/mail.ts';

export interface Attachment {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/**
 * What goes along with a mail, made anew for each try: the outbox holds no files.
 * @throws CannotAttach when no later try would succeed either
 */
export type AttachmentsOf = (mail: Mail) => Promise<readonly Attachment[]>;

/** What belongs to the mail cannot be made, and never will be. */
export class CannotAttach extends Error {
  override readonly name = 'CannotAttach';
}

export const nothingAttached: AttachmentsOf = () => Promise.resolve([]);
