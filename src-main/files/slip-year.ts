import type { z } from 'zod';
import type { Saved, SaveProgress } from '../../contract/desktop/api.ts';
import type { saveSlipYearSchema } from '../../contract/desktop/schemas.ts';
import { downloadSlips } from '../../contract/slips.ts';
import type { SaveZip } from './save-zip.ts';

export interface SlipYearDeps {
  readonly saveZip: SaveZip;
  readonly onProgress: (progress: SaveProgress) => void;
}

const progressMs = 200;

/** The PDFs of a year, saved as one ZIP. A new saving calls the one before off. */
export function createSlipYear({ saveZip, onProgress }: SlipYearDeps) {
  let running: AbortController | null = null;

  async function save({ year, payerId, fileName }: z.output<typeof saveSlipYearSchema>): Promise<Saved> {
    running?.abort();
    const { signal } = (running = new AbortController());
    let toldAt = 0;
    const tell = (bytes: number): void => {
      if (performance.now() - toldAt < progressMs) return;
      toldAt = performance.now();
      onProgress({ bytes });
    };
    const query = new URLSearchParams(payerId === undefined ? {} : { payerId });
    const request = { operation: downloadSlips, params: { year: String(year) }, query, signal };
    return await saveZip({ request, fileName, onProgress: tell });
  }

  return { save, cancel: () => running?.abort() };
}

export type SlipYear = ReturnType<typeof createSlipYear>;
