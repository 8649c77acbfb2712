import { BaseModel } from './base-model.ts';

/** The faulty rows of a billing file, for some weeks. */
export class FaultyRows extends BaseModel {
  static override readonly tableName = 'import_faulty_rows';
  static override readonly idColumn = ['manager_id', 'import_id'];

  declare managerId: string;
  declare importId: string;
  declare rowCount: number;
  /** As a file, compressed (gzip). */
  declare csv: Buffer;
  declare createdAt: string;
}
