import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint, ResponseOf } from '../../contract/endpoint.ts';
import { confirmImport, createImport, getImport, publishImport, type ImportState } from '../../contract/imports.ts';
import { confirmSecondFactor, startSecondFactor } from '../../contract/second-factor.ts';
import { createSession } from '../../contract/session.ts';
import { issueSlipPasswords } from '../../contract/slip-passwords.ts';
import { callApi, type ApiCall } from '../helpers/call-api.ts';
import { codeOfApp } from '../helpers/second-factors.ts';
import type { Portal } from './portal.ts';

/** What an admin does for managers, over the API: for stories that are about something else. */
export interface Office {
  /** Shows the residents the slips of a billing file. */
  publish(managerId: string, file: string): Promise<void>;
  /** Issues slip passwords for all payers; answers them by payer code. */
  issue(managerId: string): Promise<Record<string, string>>;
}

export async function openOffice(portal: Portal, email: string, password: string): Promise<Office> {
  const { body: signedIn } = await callApi(portal.address, createSession, { body: { email, password } });
  const { token } = signedIn;

  async function ask<E extends Endpoint>(operation: E, given: ApiCall<E>): Promise<ResponseOf<E>> {
    const { status, body, bytes } = await callApi(portal.address, operation, { ...given, token });
    if (status >= 400) throw new Error(`${operation.id}: ${bytes.toString('utf8')}`);
    return body;
  }

  /** What has become of an import, once nobody works on it any more. */
  async function stateOf(id: string): Promise<ImportState> {
    for (;;) {
      const { state } = await ask(getImport, { params: { id } });
      if (state !== 'checking' && state !== 'writing') return state;
      await sleep(50);
    }
  }

  const { secret } = await ask(startSecondFactor, { body: { password } });
  await ask(confirmSecondFactor, { body: { code: codeOfApp(secret) } });

  return {
    publish: async (managerId, file) => {
      const { id } = await ask(createImport, { query: { managerId }, bytes: file });
      const checked = await stateOf(id);
      if (checked !== 'checked') throw new Error(`the billing file is ${checked}`);
      await ask(confirmImport, { params: { id } });
      const state = await stateOf(id);
      if (state !== 'draft') throw new Error(`the billing file is ${state}`);
      await ask(publishImport, { params: { id } });
    },
    issue: async (managerId) => {
      const body = { allWithoutAccount: true } as const;
      const { issued } = await ask(issueSlipPasswords, { query: { managerId }, body });
      return Object.fromEntries(issued.map(({ payerCode, slipPassword }) => [payerCode, slipPassword]));
    },
  };
}
