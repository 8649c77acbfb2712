/** What else is worth knowing of a deed: ids, counts, states. No names, no e-mail addresses, no secrets. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

const forbidden = /passw|passphrase|geslo|token|code|secret|otp|\bpin\b|e-?mail|(first|last)_?name/i;

/** Longer text is cut: what somebody sends must not make a deed fail, nor fill the trail. */
const longest = 200;

const cut = (value: AuditDetails[string]): AuditDetails[string] =>
  typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}...` : value;

/** Beyond ASCII are the C1 controls, which steer terminals, and those that turn the direction of writing. */
const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * As they are kept: JSON on one line, of printable ASCII alone, so that nothing in it can pose as another entry.
 * @throws Error for a key that promises a secret, or what tells who somebody is: a mistake of the caller's
 */
export function encodeDetails(details: AuditDetails): string {
  const key = Object.keys(details).find((name) => forbidden.test(name));
  if (key !== undefined) throw new Error(`"${key}" does not belong into the audit trail`);
  const kept = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, cut(value)]));
  return JSON.stringify(kept).replace(/[^ -~]/g, escape);
}
