import { flushPromises } from '@vue/test-utils';
import type { Result } from '../../../contract/desktop/api.ts';
import type { ErrorCode, Problem } from '../../../contract/errors.ts';
import type { Session } from '../../../contract/session.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { openApp } from './office.ts';
import { asBridge, type PartOfDesktop } from './page.ts';
import { resident } from './people.ts';

/** A bridge's answer that something went wrong. */
export const refusal = (code: ErrorCode, more: Partial<Problem> = {}): Result<never> => ({
  ok: false,
  problem: { type: '', title: '', status: 0, code, ...more },
});

export const withAccount = (given: Partial<Session['account']>, session: Session = resident): Session => ({
  ...session,
  account: { ...session.account, ...given },
});

/** The app at a page of the signed-in person. */
export async function openOwn(path: string, session: Session = resident, bridge: PartOfDesktop = {}) {
  (window as unknown as { desktop: PartOfDesktop }).desktop = asBridge(bridge);
  return openApp(path, session);
}

/** The field under the label, wherever on the screen it is drawn. */
export function labelled(label: string): HTMLInputElement {
  const labels = [...document.querySelectorAll('label')].filter((found) => found.textContent?.trim() === label);
  const found = labels.at(-1);
  const input = found && (document.getElementById(found.htmlFor) ?? found.querySelector('input'));
  if (!input) throw new Error(`no field is labelled ${label}`);
  return input as HTMLInputElement;
}

export async function write(label: string, text: string): Promise<void> {
  const input = labelled(label);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('blur'));
  await flushPromises();
}

/** What stands beside a field for the eye and, by aria-describedby, for the ear. */
export const beside = (label: string): string =>
  (labelled(label).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

/** Sends the form that is asked for at the moment: the last one. */
export async function send(): Promise<void> {
  const form = [...document.querySelectorAll('form')].at(-1);
  form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await flushPromises();
}

/** Presses what is called so, by its words or by its name for the ear. */
export async function choose(name: string): Promise<void> {
  const found = [...document.querySelectorAll<HTMLElement>('button, a')].find(
    (element) => (element.getAttribute('aria-label') ?? element.textContent?.trim()) === name,
  );
  if (!found) throw new Error(`there is nothing to press called "${name}"`);
  found.click();
  await flushPromises();
}

export const dialog = (): HTMLElement | null => document.querySelector('[role=dialog], [role=alertdialog]');

export const screen = (): string => document.body.textContent ?? '';

export const toasts = (): string[] => useToastStore().toasts.map(({ text }) => text);
