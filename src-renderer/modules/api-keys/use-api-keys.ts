import { createApiKey, listApiKeys, revokeApiKey } from '../../../contract/api-keys.ts';
import type { BodyInput } from '../../../contract/endpoint.ts';
import { call } from '../../api/client.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

export type ApiKeyOrder = BodyInput<typeof createApiKey>;

/** The operations on the chosen manager's keys for other programs. Each fails with an ApiProblem. */
export function useApiKeys() {
  const office = useOfficeStore();
  const query = () => ({ managerId: office.managerId });

  return {
    list: () => call(listApiKeys, { query: query() }),
    create: (order: ApiKeyOrder) => call(createApiKey, { query: query(), body: order }),
    revoke: (id: string) => call(revokeApiKey, { params: { id }, query: query() }),
  };
}
