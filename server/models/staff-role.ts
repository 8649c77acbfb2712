import { BaseModel } from './base-model.ts';
import type { StaffRole as Role } from '../../contract/session.ts';

export class StaffRole extends BaseModel {
  static override readonly tableName = 'staff_roles';
  static override readonly idColumn = ['manager_id', 'account_id'];

  declare managerId: string;
  declare accountId: string;
  declare role: Role;
}
