import type { ErrorCode } from '../../contract/errors.ts';
import type { OfflineCache } from '../cache/offline-cache.ts';
import type { Logger } from '../log.ts';
import type { GatewayAnswer, GatewayRequest } from './gateway-answer.ts';
import type { PortalAnswer } from './portal-client.ts';
import { recordOf, recordsWith } from './record-ids.ts';

/** After these the kept copy is not the user's any more. */
const copyEnds: readonly (ErrorCode | undefined)[] = ['not_found', 'forbidden', 'e_invoice_required'];

export interface KeptAnswers {
  /** Keeps a success, and forgets what the portal says is not the person's any more. */
  keep(request: GatewayRequest, answer: PortalAnswer, cache: OfflineCache, rank?: Date): Promise<void>;
  /** The answer as it was kept, to be shown now. */
  kept(request: GatewayRequest, cache: OfflineCache): Promise<GatewayAnswer | null>;
}

/** The portal's answers as records, and records as answers. */
export function createKeptAnswers({ clock, log }: { clock: () => Date; log: Logger }): KeptAnswers {
  return {
    async keep(request, answer, cache, rank) {
      try {
        if (answer.status === 200) {
          const { mediaType, body } = answer;
          const disposition = answer.headers.get('Content-Disposition');
          await cache.write(recordOf(request), { mediaType, disposition, savedAt: clock().toISOString(), body }, rank);
        } else if (copyEnds.includes(answer.problem?.code)) {
          for (const record of recordsWith(request)) await cache.remove(record);
        }
      } catch (error) {
        log.error('cache_write_failed', { operation: request.operation.id, error });
        // A full disk must not take the answer away from who waits for it; who only wanted it kept must know.
        if (rank) throw error;
      }
    },

    async kept(request, cache) {
      const id = recordOf(request);
      const record = await cache.read(id);
      if (!record) return null;
      if (id.kind === 'document') await cache.show(id);
      const { mediaType, body, savedAt, disposition } = record;
      const headers = new Headers({
        'Content-Type': mediaType,
        ...(disposition && { 'Content-Disposition': disposition }),
      });
      return { answer: { status: 200, mediaType, headers, body, problem: null }, asOf: savedAt };
    },
  };
}
