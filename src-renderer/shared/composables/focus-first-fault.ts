import { nextTick } from 'vue';

/** After a refused form: the first faulty field gets the focus, so that nobody has to look for it. */
export async function focusFirstFault(form: HTMLElement | null): Promise<void> {
  await nextTick();
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
