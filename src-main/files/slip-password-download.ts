import type { z } from 'zod';
import type { SlipPasswordProgress } from '../../contract/desktop/api.ts';
import type { saveSlipPasswordsSchema } from '../../contract/desktop/schemas.ts';
import { batchHeader, getSlipPasswordBatch, issueSlipPasswords } from '../../contract/slip-passwords.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { createFollowedDownload } from './followed-download.ts';
import type { FollowedDownload, FollowedDownloadDeps } from './followed-download.ts';

export interface SlipPasswordDownloadDeps extends FollowedDownloadDeps {
  readonly gateway: Gateway;
  readonly onProgress: (progress: SlipPasswordProgress) => void;
}

export type SlipPasswordDownload = FollowedDownload<z.output<typeof saveSlipPasswordsSchema>>;

const kinds = {
  letters: { kind: 'pdf', accept: 'application/pdf' },
  list: { kind: 'csv', accept: 'text/csv' },
} as const;

/** Has slip passwords issued and saves the file with them; closing the connection voids what was issued. */
export function createSlipPasswordDownload(given: SlipPasswordDownloadDeps): SlipPasswordDownload {
  const { gateway, onProgress, ...deps } = given;

  async function ask(id: string): Promise<void> {
    const { answer } = await gateway.ask({ operation: getSlipPasswordBatch, params: { id } });
    if (answer.problem) return;
    const { payers, issued } = getSlipPasswordBatch.response.parse(JSON.parse(new TextDecoder().decode(answer.body)));
    onProgress({ payers, issued });
  }

  return createFollowedDownload(deps, ({ order, managerId, form, fileName }) => ({
    name: 'slip_passwords',
    fileName,
    kind: kinds[form].kind,
    request: {
      operation: issueSlipPasswords,
      query: new URLSearchParams({ managerId }),
      body: JSON.stringify(order),
      accept: kinds[form].accept,
    },
    idHeader: batchHeader,
    ask,
    lost: 'letters_lost',
  }));
}
