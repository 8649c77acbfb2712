import { randomInt } from 'node:crypto';
import { ownPasswordSchema } from '../../contract/schemas/own-password.ts';

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 16 characters without look-alikes, in groups; drawn again until the rule for passwords is met. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
  const password = [group(), group(), group(), group()].join('-');
  return ownPasswordSchema.safeParse(password).success ? password : generatePassword();
}
