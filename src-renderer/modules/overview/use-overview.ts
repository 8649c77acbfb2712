import { watch } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import {
  getBuildingShares,
  getChannelShares,
  getOpenings,
  getRegistrations,
  getTasks,
} from '../../../contract/overview.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

export type Tasks = ResponseOf<typeof getTasks>;
export type Registrations = ResponseOf<typeof getRegistrations>;
export type Buildings = ResponseOf<typeof getBuildingShares>;
export type Channels = ResponseOf<typeof getChannelShares>;

/** What the overview shows, each part asked for by itself: the first is there while the others are still counted. */
export function useOverview() {
  const office = useOfficeStore();
  const query = () => ({ query: { managerId: office.managerId } });
  const parts = {
    tasks: useAsk(() => call(getTasks, query())),
    registrations: useAsk(() => call(getRegistrations, query())),
    openings: useAsk(() => call(getOpenings, query())),
    buildings: useAsk(() => call(getBuildingShares, query())),
    channels: useAsk(() => call(getChannelShares, query())),
  };
  watch(
    () => office.managerId,
    () => Object.values(parts).forEach(({ reload }) => void reload()),
  );
  return parts;
}
