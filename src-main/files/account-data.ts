import { downloadAccountData } from '../../contract/account.ts';
import type { Saved } from '../../contract/desktop/api.ts';
import type { SaveZip } from './save-zip.ts';

/** All that the portal keeps of the person, as one ZIP. */
export const createAccountData =
  (saveZip: SaveZip) =>
  ({ fileName }: { fileName: string }): Promise<Saved> =>
    saveZip({ request: { operation: downloadAccountData }, fileName });

export type SaveAccountData = ReturnType<typeof createAccountData>;
