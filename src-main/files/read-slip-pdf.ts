import { getSlipPdf } from '../../contract/slips.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { ProblemError } from '../gateway/problems.ts';

/** A slip's PDF from the portal, or as it was kept. Fails with the portal's problem. */
export type ReadSlipPdf = (id: string) => Promise<Uint8Array>;

export const createReadSlipPdf =
  (gateway: Gateway): ReadSlipPdf =>
  async (id) => {
    const { answer } = await gateway.ask({ operation: getSlipPdf, params: { id } });
    if (answer.problem) throw new ProblemError(answer.problem);
    return answer.body;
  };
