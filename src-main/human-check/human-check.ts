import { turnstileAnswer } from '../../contract/human-check.ts';
import type { HumanCheckAction } from '../../contract/human-check.ts';
import { getPortal } from '../../contract/portal.ts';
import type { Language } from '../../contract/registrations.ts';
import { answerTo } from '../gateway/answer-to.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { showTurnstile } from './show-turnstile.ts';
import type { OpenView } from './show-turnstile.ts';

export interface HumanCheckDeps {
  readonly client: PortalClient;
  readonly portal: () => string | null;
  readonly openView: OpenView;
  readonly language: () => Language;
  readonly isDark: () => boolean;
  readonly log: Logger;
}

/** Turnstile for the window: it runs on a page of the portal's https address, in a view of its own. One at a time. */
export function createHumanCheck({ client, portal, openView, language, isDark, log }: HumanCheckDeps) {
  let current: AbortController | null = null;
  const cancel = () => current?.abort();

  async function answer(action: HumanCheckAction): Promise<string> {
    cancel();
    const { signal } = (current = new AbortController());
    const origin = portal();
    if (!origin) throw new ProblemError('not_a_portal');
    const { turnstile } = await answerTo(client, origin, { operation: getPortal });
    if (signal.aborted) throw new ProblemError('cancelled');
    if (!turnstile) throw new ProblemError('human_check_unavailable');
    const theme = isDark() ? 'dark' : 'light';
    const shown = { portal: origin, turnstile: turnstile.origin, action, language: language(), theme } as const;
    return turnstileAnswer(await showTurnstile({ openView, log }, shown, signal));
  }

  return { answer, cancel };
}

export type HumanCheck = ReturnType<typeof createHumanCheck>;
