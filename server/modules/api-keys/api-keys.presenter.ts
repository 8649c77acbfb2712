import type { ApiKey as ContractApiKey } from '../../../contract/api-keys.ts';
import { toIso } from '../../db/time.ts';
import { scopesOf } from '../../http/programs.ts';
import type { ApiKeyRow } from './api-keys.service.ts';

const isoOrNull = (instant: string | null): string | null => (instant === null ? null : toIso(instant));

export const presentApiKey = (row: ApiKeyRow): ContractApiKey => ({
  id: row.id,
  name: row.name,
  beginning: row.beginning,
  scopes: scopesOf(row.scopes),
  createdAt: toIso(row.createdAt),
  createdBy: row.firstName === null ? null : `${row.firstName} ${row.lastName}`,
  isOrphaned: row.creatorRole === null,
  expiresAt: toIso(row.expiresAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
  revokedAt: isoOrNull(row.revokedAt),
});
