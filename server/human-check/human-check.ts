import type { HumanCheckAction } from '../../contract/human-check.ts';

/**
 * `good` is said of an answer once; `bad` is missing, wrong, used, too old or given for another action; `unavailable`
 * means that whoever judges it could not be asked: another kind of answer may help.
 */
export type Verdict = 'good' | 'bad' | 'unavailable';

/** Tells people from programs: before a registration, a password reset, and a sign-in after failures. */
export interface HumanCheck {
  readonly kind: 'off' | 'altcha' | 'turnstile';
  /** A challenge for the client to solve itself, good for this action alone. */
  readonly challenge: (action: HumanCheckAction) => Promise<Record<string, unknown>>;
  /** What this answer is worth for this action; a good one is used up by it. */
  readonly verify: (answer: string | undefined, action: HumanCheckAction) => Promise<Verdict>;
}

/** For places that need none: a closed network, a demonstration, a test. */
export const noHumanCheck: HumanCheck = {
  kind: 'off',
  challenge: () => Promise.resolve({}),
  verify: () => Promise.resolve('good'),
};
