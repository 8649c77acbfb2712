import { BaseModel } from './base-model.ts';
import type { Import as ContractImport, ImportState } from '../../contract/imports.ts';

export class Import extends BaseModel {
  static override readonly tableName = 'imports';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare fileName: string;
  declare fileSha256: string | null;
  declare size: number;
  declare state: ImportState;
  declare phase: ContractImport['progress']['phase'];
  declare rowsRead: number;
  declare bytesRead: number;
  declare faultCount: number;
  declare faults: string;
  declare unknownColumns: string;
  declare unchangedOf: string | null;
  declare newPayers: number;
  declare newSlips: number;
  declare replacedSlips: number;
  declare createdBy: string | null;
  /** The name of the key by which a program sent it. */
  declare program: string | null;
  declare createdAt: string;
  declare heartbeatAt: string;
  declare finishedAt: string | null;
  /** When, by whom and why its runs were last taken back from the residents. */
  declare withdrawnAt: string | null;
  declare withdrawnBy: string | null;
  declare withdrawalReason: string | null;
  /** JSON: the fields for which the file has a column. */
  declare knownColumns: string | null;
  /** JSON: what it would change, and the manager's `billingVersion` that this was counted against. */
  declare preview: string | null;
  declare previewVersion: number | null;
  /** Whether the staging tables may still have rows of it. */
  declare isStaged: boolean;
}
