import type { Readable } from 'node:stream';

export interface StreamOptions {
  readonly fileName?: string;
  /** What else the receiver has to know before the first byte. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is not JSON. */
export class Streamed {
  readonly mediaType: string;
  readonly body: Readable | Buffer;
  readonly fileName: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(mediaType: string, body: Readable | Buffer, { fileName, headers = {} }: StreamOptions) {
    this.mediaType = mediaType;
    this.body = body;
    this.fileName = fileName;
    this.headers = headers;
  }
}

/** Answers with bytes, as an attachment when a file name is given. The media type must be one that the contract declares. */
export const stream = (mediaType: string, body: Readable | Buffer, options: StreamOptions = {}): Streamed =>
  new Streamed(mediaType, body, options);
