import { listBuildings } from '../../../contract/payers.ts';
import { call } from '../../api/client.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePayersStore } from './use-payers-store.ts';

/** Asks what the building is called that the table is narrowed to, where only its id is known. */
export async function nameBuilding(): Promise<void> {
  const store = usePayersStore();
  const { buildingId, building } = store.filters;
  if (buildingId === '' || building !== '') return;
  const query = { managerId: useOfficeStore().managerId, id: buildingId, limit: 1 };
  // Without an answer the chip says "one building"; the table tells on its own what is wrong with the portal.
  const found = await call(listBuildings, { query }).catch(() => null);
  const name = found?.items[0]?.name;
  if (name !== undefined && store.filters.buildingId === buildingId) store.filter({ building: name });
}
