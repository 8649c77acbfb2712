import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  readonly to: string[];
  readonly raw: string;
}

export interface TestSmtp {
  readonly url: string;
  /** What came in whole, in the order in which it did. */
  readonly received: Received[];
  /** Cuts all connections without a word. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** A refusal, for the callbacks of smtp-server. */
export const refusal = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode });

interface TestSmtpOptions extends Omit<SMTPServerOptions, 'onData'> {
  /** Answers a mail that came in whole; without it each is taken. */
  readonly answer?: (received: Received, done: (error?: Error | null) => void, smtp: TestSmtp) => void;
}

/** A real SMTP server on a free port. */
export async function startSmtp({ answer, ...options }: TestSmtpOptions = {}): Promise<TestSmtp> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData: (stream, { envelope }, done) => {
      const take = (raw: string) => {
        const mail = { to: envelope.rcptTo.map(({ address }) => address), raw };
        received.push(mail);
        if (answer) answer(mail, done, smtp);
        else done();
      };
      // A mail whose connection was cut in the middle did not come.
      text(stream).then(take, () => undefined);
    },
    ...options,
  });
  server.on('error', () => undefined); // A test that makes it fail looks at the client's side.
  server.server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
  return smtp;
}
