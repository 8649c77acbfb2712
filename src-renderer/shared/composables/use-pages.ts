import { computed, ref, shallowRef } from 'vue';
import { keptSince } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useReconnection } from './reconnection.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a page that shows such a list needs of it, whatever its items are. */
export type Pages = Pick<
  ReturnType<typeof usePages>,
  'items' | 'problem' | 'waiting' | 'hasMore' | 'known' | 'more' | 'restart'
>;

/** A list as it was when it was left. */
export interface KeptPages<P extends Page<unknown>> {
  readonly items: readonly P['items'][number][];
  readonly page: P;
  readonly cursor: string | null;
}

/**
 * A list that grows page by page: `more` asks for the next one, `restart` begins anew (another filter). With pages that
 * were kept it goes on where it was. When the connection is back, what could not be had fresh is asked for again.
 */
export function usePages<P extends Page<unknown>>(
  ask: (cursor: string | undefined) => Promise<P>,
  kept: KeptPages<P> | null = null,
) {
  type Item = P['items'][number];
  const items = shallowRef<readonly Item[]>(kept?.items ?? []);
  /** The last page that came, for what it says besides its items. */
  const page = shallowRef<P | null>(kept?.page ?? null);
  const problem = shallowRef<ApiProblem | null>(null);
  const waiting = ref(false);
  /** undefined: not asked yet; null: that was the last page. */
  const cursor = ref<string | null | undefined>(kept?.cursor);
  let latest = 0;

  async function load(from: string | undefined): Promise<void> {
    const mine = ++latest;
    waiting.value = true;
    problem.value = null;
    try {
      const given = await ask(from);
      if (mine !== latest) return;
      page.value = given;
      items.value = from === undefined ? given.items : [...items.value, ...given.items];
      cursor.value = given.nextCursor;
    } catch (error) {
      if (mine === latest) problem.value = toProblem(error);
    } finally {
      if (mine === latest) waiting.value = false;
    }
  }

  const restart = () => load(undefined);
  const more = async () => {
    if (!waiting.value && cursor.value !== null) await load(cursor.value);
  };

  /** What has come so far; null as long as nothing has. */
  function keep(): KeptPages<P> | null {
    const last = page.value as P | null;
    return last && cursor.value !== undefined ? { items: items.value, page: last, cursor: cursor.value } : null;
  }

  useReconnection(() => {
    if (problem.value?.code === 'offline' || keptSince(page.value) !== null) void restart();
  });
  if (!kept) void restart();
  return {
    items,
    page,
    problem,
    waiting,
    hasMore: computed(() => typeof cursor.value === 'string'),
    /** Whether the first page has come, so that "none" can be told from "not yet". */
    known: computed(() => cursor.value !== undefined),
    more,
    restart,
    keep,
  };
}
