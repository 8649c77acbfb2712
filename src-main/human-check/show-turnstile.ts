import { randomBytes } from 'node:crypto';
import { humanCheckPagePath, humanCheckReportSchema } from '../../contract/human-check-page.ts';
import type { HumanCheckPageQuery } from '../../contract/human-check-page.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import type { MayGo } from '../window/lock-down.ts';

/** Who sent a report: which frame, of which origin. */
export interface Reporter {
  readonly origin: string | undefined;
  readonly isMainFrame: boolean;
}

/** What the view is to show, and what of it is to be told. */
export interface ViewRequest {
  readonly url: string;
  readonly mayGo: MayGo;
  readonly onLoaded: () => void;
  readonly onReport: (reporter: Reporter, message: unknown) => void;
  /** The page could not be loaded, or its process has died. */
  readonly onGone: (reason: string) => void;
  /** The user pressed Escape, or the window below is gone. */
  readonly onCancel: () => void;
}

export type OpenView = (request: ViewRequest) => { close(): void };

/** For the page to load; it then watches over Turnstile's script itself. */
const loadMs = 20_000;
/** For a person who is asked to click: as long as Turnstile's token lives. */
const answerMs = 300_000;

function openPromise<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null);

/** The page itself stays at the portal; in it are the frames of Turnstile, which begin empty. */
const onlyTurnstile =
  (portal: string, turnstile: string): MayGo =>
  (url, isMainFrame) =>
    isMainFrame
      ? originOf(url) === portal
      : originOf(url) === turnstile || url === 'about:blank' || url === 'about:srcdoc';

export interface Shown extends HumanCheckPageQuery {
  readonly portal: string;
  /** The origin of its frames. */
  readonly turnstile: string;
}

/**
 * Shows the portal's page until it has reported Turnstile's token. The report counts only from the page itself, and
 * with the nonce that it was opened with.
 * Fails with ProblemError `human_check_unavailable` or, when the signal or the user says so, `cancelled`.
 */
export function showTurnstile(
  { openView, log }: { readonly openView: OpenView; readonly log: Logger },
  { portal, turnstile, ...query }: Shown,
  signal: AbortSignal,
): Promise<string> {
  const nonce = randomBytes(16).toString('hex');
  const url = `${portal}${humanCheckPagePath}?${new URLSearchParams({ ...query }).toString()}#${nonce}`;
  const { promise, resolve, reject } = openPromise<string>();
  const fail = (reason: string) => {
    log.warn('turnstile_failed', { reason });
    reject(new ProblemError('human_check_unavailable'));
  };
  const onCancel = () => reject(new ProblemError('cancelled'));

  function onReport({ origin, isMainFrame }: Reporter, message: unknown): void {
    const report = humanCheckReportSchema.safeParse(message).data;
    if (!isMainFrame || origin !== portal || report?.nonce !== nonce) return log.warn('report_refused', { origin });
    if (report.state === 'failed') fail(report.reason);
    else resolve(report.token);
  }

  let timer = setTimeout(fail, loadMs, 'not loaded');
  function onLoaded(): void {
    clearTimeout(timer);
    timer = setTimeout(fail, answerMs, 'no answer');
  }

  const mayGo = onlyTurnstile(portal, turnstile);
  const view = openView({ url, mayGo, onLoaded, onReport, onGone: fail, onCancel });
  signal.addEventListener('abort', onCancel);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onCancel);
    view.close();
  });
}
