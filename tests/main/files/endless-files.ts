import { join } from 'node:path';
import type { OfflineCacheOptions } from '../../../src-main/cache/offline-cache.ts';
import type { Logger } from '../../../src-main/log.ts';

/** What endless-writer.ts writes, for whoever looks at what it has left. */
export const answerSize = 2_000;
export const documentSize = 60_000;
export const ids = {
  answer: { kind: 'answer', name: 'slips' },
  document: { kind: 'document', name: 'slip' },
} as const;

export const cacheOptions = (folder: string, log: Logger): OfflineCacheOptions => ({
  folder: join(folder, 'offline'),
  key: Buffer.alloc(32, 7),
  owner: 'https://portal.vzorec.si account',
  log,
});
