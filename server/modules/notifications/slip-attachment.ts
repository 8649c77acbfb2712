import type { Knex } from 'knex';
import { slipFileName, type Slip } from '../../../contract/slips.ts';
import { ApiError } from '../../http/api-error.ts';
import { CannotAttach, type AttachmentsOf } from '../../mail/attachments.ts';
import { Payer } from '../../models/payer.ts';
import type { Services } from '../../services.ts';
import { documentsOf } from '../slips/slip-documents.ts';

/**
 * The slip is gone. A document that took too long (`document_failed`) may be made another time: a busy machine is slow,
 * and what is really too long is given up like any mail that does not go out.
 */
const isHopeless = (error: unknown): error is ApiError => error instanceof ApiError && error.code === 'not_found';

/** Whether the payer wants slips there: since the mail was written the payer may have left, moved, or been corrected. */
async function isWanted(db: Knex, managerId: string, { payerId, channel }: Slip, address: string): Promise<boolean> {
  if (channel !== 'email') return false;
  const payer = await Payer.query(db).findById([managerId, payerId]).select('email');
  return payer?.email === address;
}

/** The PDF of the slip that a mail is about. */
export const slipAttachment =
  ({ db, documents }: Pick<Services, 'db' | 'documents'>): AttachmentsOf =>
  async ({ managerId, slipId, toAddress }) => {
    if (managerId === null || slipId === null) return [];
    try {
      const [document] = await documentsOf(db, managerId, [slipId]);
      if (!document) return [];
      if (!(await isWanted(db, managerId, document.slip, toAddress))) throw new CannotAttach('payer_changed');
      const bytes = await documents.slipPdf(document, 'later');
      return [{ fileName: slipFileName(document.slip), mediaType: 'application/pdf', bytes }];
    } catch (error) {
      throw isHopeless(error) ? new CannotAttach(error.code) : error;
    }
  };
