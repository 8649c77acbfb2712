import { z } from 'zod';
import { line } from '../../contract/schemas/text.ts';
import { portalOrigin } from '../settings/portal-address.ts';

/** What whoever looks after this computer has laid down for iiPortal. */
export type Policy = {
  /** Whether the program may renew itself. */
  readonly updates: boolean;
} & (
  | { readonly state: 'none' }
  | { readonly state: 'pinned'; readonly portal: string; readonly by: string | null }
  /** There is one, but it cannot be read or trusted: then no portal is asked at all. */
  | { readonly state: 'damaged' }
);

export const noPolicy: Policy = { state: 'none', updates: true };
export const damagedPolicy: Policy = { state: 'damaged', updates: true };

const policySchema = z
  .strictObject({
    portal: z
      .string()
      .transform((address, context) => {
        const origin = portalOrigin(address);
        if (!origin) context.addIssue('address');
        return origin ?? z.NEVER;
      })
      .optional(),
    /** Whom the person is to ask: "Služba za informatiko, Upravnik Vzorec d.o.o." */
    setBy: line(120).optional(),
    updates: z.boolean().optional(),
  })
  // One that lays nothing down is a mistake, and not a policy.
  .refine(({ portal, updates }) => portal !== undefined || updates !== undefined);

/** The policy that the values mean; fails with what is wrong with them. */
export function policyOf(values: unknown): Policy {
  const { portal, setBy, updates = true } = policySchema.parse(values);
  return portal === undefined ? { state: 'none', updates } : { state: 'pinned', portal, by: setBy || null, updates };
}
