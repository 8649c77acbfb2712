/** A slip password opens a registration; a payer who has an account needs none, until the office releases it. */
export const mayBeIssued = (payer: { readonly hasAccount: boolean }): boolean => !payer.hasAccount;
