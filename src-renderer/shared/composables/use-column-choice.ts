import { computed, shallowRef } from 'vue';
import { desktop } from '../../desktop/index.ts';
import type { Column } from '../components/app-table.ts';
import { useColumnsStore } from '../components/use-columns-store.ts';

export interface ChoosableColumn {
  readonly key: string;
  readonly label: string;
  readonly isShown: boolean;
}

/**
 * The columns of a table that a person wants to see, kept on this computer. Until somebody chooses, the width of the
 * table decides; what was chosen is shown however narrow it is, and the table scrolls. The header column always stays.
 */
export function useColumnChoice<Row>(table: string, columns: () => readonly Column<Row>[]) {
  const store = useColumnsStore();
  const chosen = computed(() => store.chosen[table]);

  /** Those for which the table says it has room. */
  const fitting = shallowRef<readonly string[] | null>(null);

  const isShown = ({ key, isHeader, isOptional }: Column<Row>): boolean =>
    isHeader === true || (chosen.value ? chosen.value.includes(key) : !isOptional);

  const shown = computed(() => {
    const wanted = columns().filter(isShown);
    return chosen.value ? wanted.map((column) => ({ ...column, from: 0 })) : wanted;
  });
  const choosable = computed<ChoosableColumn[]>(() =>
    columns()
      .filter(({ isHeader }) => !isHeader)
      .map((column) => ({
        key: column.key,
        label: column.label,
        isShown: isShown(column) && (fitting.value?.includes(column.key) ?? true),
      })),
  );

  async function choose(keys: readonly string[] | null): Promise<void> {
    store.choose(table, keys);
    await desktop().shell.setColumns({ table, columns: keys && [...keys] });
  }

  /** Shows a column that was not, or the other way round. */
  const toggle = (key: string) =>
    choose(choosable.value.filter((column) => column.isShown !== (column.key === key)).map((column) => column.key));

  const fit = (keys: readonly string[]): void => void (fitting.value = keys);

  return {
    shown,
    fit,
    choosable,
    toggle,
    reset: () => choose(null),
    isChosen: computed(() => chosen.value !== undefined),
  };
}
