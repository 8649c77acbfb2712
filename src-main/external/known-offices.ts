import { z } from 'zod';
import { listManagers } from '../../contract/account-payers.ts';
import { getPortal, managerSchema } from '../../contract/portal.ts';
import type { Manager } from '../../contract/portal.ts';
import { getSlip } from '../../contract/slips.ts';
import type { Gateway } from '../gateway/gateway.ts';

/** The answers that name a manager's office to the window, and where they do. */
const named: Readonly<Record<string, (answer: Record<string, unknown>) => unknown[]>> = {
  [getPortal.id]: ({ manager, managers }) => [manager, managers].flat(),
  [getSlip.id]: ({ manager }) => [manager],
  [listManagers.id]: ({ items }) => [items].flat(),
};

/** Nothing that means something else in a mailto: no %, ?, &, comma, quotes or controls. */
const plainAddress = /^[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

const officeSchema = managerSchema.pick({ email: true });

/** Whether the answer has the declared form is for who asked to judge. */
function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

export interface KnownOffices {
  /** Whether the portal has named this address to the window as a manager's. */
  has(email: string): boolean;
  /** The same gateway, listened to. */
  hearing(gateway: Gateway): Gateway;
}

/** The offices that the window knows of from the portal: to them, and to nobody else, it may have a mail begun. */
export function createKnownOffices(): KnownOffices {
  const known = new Set<Manager['email']>();

  function hear(operation: string, body: Uint8Array): void {
    const answer = z.record(z.string(), z.unknown()).safeParse(parsed(body)).data ?? {};
    for (const office of named[operation]?.(answer) ?? []) {
      const { email } = officeSchema.safeParse(office).data ?? {};
      if (email && plainAddress.test(email)) known.add(email.toLowerCase());
    }
  }

  return {
    has: (email) => known.has(email),
    hearing: (gateway) => ({
      ...gateway,
      ask: async (request) => {
        const answered = await gateway.ask(request);
        const { id } = request.operation;
        if (id in named && answered.answer.status === 200) hear(id, answered.answer.body);
        return answered;
      },
    }),
  };
}
