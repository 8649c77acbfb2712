import type { NavigationGuardReturn, RouteLocationNormalized } from 'vue-router';
import { filtersOfLink } from './payer-filters.ts';
import { usePayersStore } from './use-payers-store.ts';

/** A link that names filters sets them, and the table's address is the same as ever. */
export function takeFilters(to: RouteLocationNormalized): NavigationGuardReturn {
  const filters = filtersOfLink(to.query);
  if (!filters) return true;
  usePayersStore().filterAnew(filters);
  return { name: 'payers', replace: true };
}
