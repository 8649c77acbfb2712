import type { Language } from '../../contract/registrations.ts';
import type { StaffRole as Role } from '../../contract/session.ts';
import { BaseModel } from './base-model.ts';

export class Invitation extends BaseModel {
  static override readonly tableName = 'invitations';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare email: string;
  declare role: Role;
  declare language: Language;
  declare hmac: string;
  declare invitedBy: string | null;
  declare createdAt: string;
  declare expiresAt: string;
}
