/** Tells people from programs before registration. */
export interface HumanCheck {
  readonly kind: 'off' | 'altcha';
  /** A challenge for the client to solve. */
  readonly challenge: () => Promise<Record<string, unknown>>;
  /** Whether this is a good answer, given for the first time. */
  readonly verify: (answer: string | undefined) => Promise<boolean>;
}

/** For places that need none: a closed network, a demonstration, a test. */
export const noHumanCheck: HumanCheck = {
  kind: 'off',
  challenge: () => Promise.resolve({}),
  verify: () => Promise.resolve(true),
};
