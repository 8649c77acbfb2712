import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** Which columns of which table were chosen on this computer. A table that is not named shows those it shows by itself. */
export const useColumnsStore = defineStore('columns', () => {
  const chosen = shallowRef<Readonly<Record<string, readonly string[]>>>({});

  function meet(given: Readonly<Record<string, readonly string[]>>): void {
    chosen.value = given;
  }

  function choose(table: string, columns: readonly string[] | null): void {
    const others = Object.entries(chosen.value).filter(([name]) => name !== table);
    chosen.value = Object.fromEntries(columns ? [...others, [table, columns]] : others);
  }

  return { chosen, meet, choose };
});
