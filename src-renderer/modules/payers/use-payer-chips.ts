import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { nameBuilding } from './name-building.ts';
import type { PayerFilters } from './payer-filters.ts';
import { noFilters } from './payer-filters.ts';
import { usePayersClearing } from './use-payers-clearing.ts';
import { usePayersStore } from './use-payers-store.ts';

/** The filters that are set, in words, with the ways out of them. What is searched for stands in its own field. */
export function usePayerChips() {
  const { t } = useI18n();
  const store = usePayersStore();
  const { clearFilters } = usePayersClearing();

  // A link may know the building by its id alone.
  watch(() => store.filters.buildingId, () => void nameBuilding(), { immediate: true }); // prettier-ignore

  const chips = computed(() => {
    const { buildingId, building, account, password, channel, unconfirmed } = store.filters;
    const said: [keyof PayerFilters, string | false][] = [
      ['buildingId', buildingId !== '' && (building || t('payers.filter.someBuilding'))],
      ['account', account !== '' && t(`payers.filter.accountIs.${account}`)],
      ['password', password !== '' && t(`payers.filter.passwordIs.${password}`)],
      ['channel', channel !== '' && t('payers.filter.channelIs', { channel: t(`slips.channel.${channel}`) })],
      ['unconfirmed', unconfirmed && t('payers.filter.unconfirmed')],
    ];
    return said.flatMap(([key, label]) => (label === false ? [] : [{ key, label }]));
  });

  return {
    chips,
    remove: (key: string) => store.filter({ [key]: noFilters[key as keyof PayerFilters] }),
    clear: () => clearFilters({ ...noFilters, search: store.filters.search }),
  };
}
