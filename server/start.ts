import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { buildApp } from './app.ts';
import { settingError, type Config } from './config.ts';
import { closeServices, createServices, type Replacements } from './create-services.ts';
import { ensureMigrated } from './db/migrate.ts';
import type { Route } from './http/route.ts';
import { fileTransport, smtpTransport } from './mail/transport.ts';
import { createMailWorker } from './mail/worker.ts';
import { createSlipMailings } from './modules/notifications/slip-mailings.ts';
import { slipAttachment } from './modules/notifications/slip-attachment.ts';
import { createResetWorker } from './modules/password-resets/reset-worker.ts';
import { createRetentionWorker } from './retention.ts';
import type { Services } from './services.ts';

export interface RunningServer {
  readonly port: number;
  readonly services: Services;
  /** Stops accepting, lets running requests finish within the limit, then closes everything. */
  readonly stop: (limitMs?: number) => Promise<void>;
}

export interface StartOptions extends Replacements {
  readonly routes?: (services: Services) => Route[];
}

/** A billing file of the largest size may come over a slow line; a request without an end must not stay for ever. */
const requestTimeout = 15 * 60_000;
const stopLimit = 20_000;

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(settingError('HOST, PORT', error)));
    server.listen(port, host, resolve);
  });

/** Ends the connections that have not asked anything yet: browsers open some in advance, and Node calls those busy. */
function watchUnused(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
}

/** Kept-alive connections count as open until they are idle again: look for them until the last one is gone. */
function closeServer(server: Server, endUnused: () => void, limitMs: number): Promise<void> {
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    endUnused();
  }, 50);
  const deadline = setTimeout(() => server.closeAllConnections(), limitMs);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(deadline);
      resolve();
    });
  });
}

function createWorkers(services: Services) {
  const { config, db, clock, logger } = services;
  const transport =
    config.smtpUrl === undefined
      ? fileTransport(join(config.dataDir, 'mail'), config.mailFrom)
      : smtpTransport(config.smtpUrl, config.mailFrom);
  return [
    createMailWorker({ db, clock, random: Math.random, logger, transport, attachmentsOf: slipAttachment(services) }),
    createSlipMailings(services),
    createResetWorker(services),
    createRetentionWorker(services),
  ];
}

/**
 * Starts the server.
 * @throws ConfigError, also for what the data folder, the database or the port has to say; NotMigratedError
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const services = createServices(config, options);
  try {
    await ensureMigrated(services.db);
    const handle = buildApp(services, options.routes?.(services)).callback();
    const server = createServer({ requestTimeout }, (request, response) => void handle(request, response));
    const endUnused = watchUnused(server);
    await listen(server, config.port, config.host);
    const workers = createWorkers(services);
    for (const worker of workers) worker.start();
    services.importJobs.start();
    services.printJobs.start();
    const stop = async (limitMs = stopLimit): Promise<void> => {
      await closeServer(server, endUnused, limitMs);
      for (const worker of workers) await worker.stop();
      await closeServices(services);
    };
    return { port: (server.address() as AddressInfo).port, services, stop };
  } catch (error) {
    await closeServices(services);
    throw error;
  }
}
