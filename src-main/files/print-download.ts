import type { z } from 'zod';
import type { PrintProgress } from '../../contract/desktop/api.ts';
import type { savePrintRunSchema } from '../../contract/desktop/schemas.ts';
import { createPrintRun, getPrintRun, printRunHeader } from '../../contract/print-runs.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { createFollowedDownload } from './followed-download.ts';
import type { FollowedDownload, FollowedDownloadDeps } from './followed-download.ts';

export interface PrintDownloadDeps extends FollowedDownloadDeps {
  readonly gateway: Gateway;
  readonly onProgress: (progress: PrintProgress) => void;
}

export type PrintCommand = z.output<typeof savePrintRunSchema>;

export type PrintDownload = FollowedDownload<PrintCommand>;

/** Saves the slips of a print run. */
export function createPrintDownload({ gateway, onProgress, ...deps }: PrintDownloadDeps): PrintDownload {
  async function ask(id: string): Promise<void> {
    const { answer } = await gateway.ask({ operation: getPrintRun, params: { id } });
    if (answer.problem) return;
    const { slips, slipsDone } = getPrintRun.response.parse(JSON.parse(new TextDecoder().decode(answer.body)));
    onProgress({ slips, slipsDone });
  }

  return createFollowedDownload(deps, ({ order, managerId, fileName }) => ({
    name: 'print',
    fileName,
    kind: order.form,
    request: {
      operation: createPrintRun,
      query: new URLSearchParams({ managerId }),
      body: JSON.stringify(order),
      accept: `application/${order.form}`,
    },
    idHeader: printRunHeader,
    ask,
    lost: order.slipPasswords ? 'print_lost' : null,
  }));
}
