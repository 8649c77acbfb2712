import type { Readable } from 'node:stream';

/** An answer that is not JSON. */
export class Streamed {
  readonly mediaType: string;
  readonly body: Readable | Buffer;
  readonly fileName: string | undefined;

  constructor(mediaType: string, body: Readable | Buffer, fileName?: string) {
    this.mediaType = mediaType;
    this.body = body;
    this.fileName = fileName;
  }
}

/** Answers with bytes, as an attachment when a file name is given. The media type must be one that the contract declares. */
export const stream = (
  mediaType: string,
  body: Readable | Buffer,
  options: { readonly fileName?: string } = {},
): Streamed => new Streamed(mediaType, body, options.fileName);
