import { ConfigError, readConfig } from './config.ts';
import { NotMigratedError } from './db/migrate.ts';
import { startServer, type RunningServer } from './start.ts';

/** What the operator can put right is said in a sentence; anything else shows where it happened. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof NotMigratedError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function stopOnSignal({ services, stop }: RunningServer): void {
  const { logger } = services;
  let stopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    stop().then(
      () => logger.info('stopped'),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exitCode = 1;
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

// The data folder is the server's alone, and so is every file in it.
process.umask(0o077);

try {
  const running = await startServer(readConfig(process.env));
  const { config, logger, version } = running.services;
  logger.info({ version, host: config.host, port: running.port, publicUrl: config.publicUrl }, 'iiPortal listens');
  stopOnSignal(running);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
