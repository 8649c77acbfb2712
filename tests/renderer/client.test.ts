import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLogo } from '../../contract/manager-settings.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { getSession } from '../../contract/session.ts';
import { getSlip, listSlips } from '../../contract/slips.ts';
import { call, observeApi } from '../../src-renderer/api/client.ts';
import { ApiProblem } from '../../src-renderer/api/problem.ts';
import { idOf, manager, resident, summary } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const answered = vi.fn();
const secondFactorNeeded = vi.fn();
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  answered.mockReset();
  secondFactorNeeded.mockReset();
  observeApi({ answered, secondFactorNeeded });
});
afterEach(() => portal.close());

const problemOf = async (asked: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiProblem);
  return error as ApiProblem;
};

const registration = {
  managerId: manager.id,
  payerCode: '104217',
  slipPassword: 'K7QM3XRT9WVDT',
  firstName: 'Ana',
  lastName: 'Priimek',
  email: 'ana@primer.si',
  password: 'Abcdefg1!',
};

describe('the client of the contract', () => {
  it('asks at the address of the contract, with query and parameters in place', async () => {
    portal.answer('GET /slips', { items: [summary(1)], nextCursor: null });
    const page = await call(listSlips, { query: { limit: 24, payerId: idOf(7) } });
    expect(page.items[0]?.totalCents).toBe(8432);
    expect(portal.requests[0]?.address).toBe(`GET /slips?limit=24&payerId=${idOf(7)}`);
  });

  it('sends a file as its bytes, under what it is', async () => {
    const settings = {
      ...{
        ...manager,
        taxNumber: null,
        iban: 'SI56990000012345646',
        purposeCode: 'COST',
        slipNote: '',
        slipPasswordDays: 60,
        hasLogo: true,
      },
      ...{ mailWelcomeText: '', mailSlipText: '', mailSignature: '', hosts: [], ibans: [] },
      ...{ referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik {period}' },
    };
    portal.answer('PUT /office/settings/logo', settings);
    const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 0x00, 0x01);
    const query = { managerId: idOf(1) };
    const file = new File([bytes], 'znak.jpg', { type: 'image/jpeg' });
    expect(await call(setLogo, { query, file })).toEqual(settings);
    expect(portal.requests).toEqual([
      { address: `PUT /office/settings/logo?managerId=${idOf(1)}`, body: Buffer.from(bytes), mediaType: 'image/jpeg' },
    ]);
  });

  it('says when the answer is a kept copy, and of when', async () => {
    portal.answer('GET /session', resident, { 'iiportal-as-of': '2026-11-22T08:15:00.000Z' });
    await call(getSession);
    expect(answered).toHaveBeenLastCalledWith('2026-11-22T08:15:00.000Z');
    portal.answer('GET /session', resident);
    await call(getSession);
    expect(answered).toHaveBeenLastCalledWith(null);
  });

  it('tells that the office waits for a second factor, and of no other refusal', async () => {
    portal.refuse('GET /slips', 'forbidden');
    await problemOf(call(listSlips));
    expect(secondFactorNeeded).not.toHaveBeenCalled();
    portal.refuse('GET /slips', 'second_factor_needed');
    expect((await problemOf(call(listSlips))).code).toBe('second_factor_needed');
    expect(secondFactorNeeded).toHaveBeenCalledOnce();
  });

  it('gives the code and the fields of a refusal', async () => {
    portal.refuse('POST /registrations', 'invalid_request', { fields: [{ path: 'email', rule: 'email' }] });
    const problem = await problemOf(call(createRegistration, { body: registration }));
    expect(problem.code).toBe('invalid_request');
    expect(problem.fields).toEqual([{ path: 'email', rule: 'email' }]);
  });

  it('keeps how long to wait, and the number to find a failure by', async () => {
    portal.refuse('POST /registrations', 'rate_limited', { retryAfter: 120, requestId: 'abc' });
    const problem = await problemOf(call(createRegistration, { body: registration }));
    expect([problem.retryAfter, problem.requestId]).toEqual([120, 'abc']);
  });

  it('keeps where the session is that took the place', async () => {
    const session = { device: 'Windows, DOMA', since: '2026-11-23T09:31:00.000Z' };
    portal.refuse('GET /slips', 'session_displaced', { session });
    expect((await problemOf(call(listSlips))).session).toEqual(session);
  });

  it('calls an answer that is not of the contract a failure of ours', async () => {
    portal.answer(`GET /slips/${idOf(1)}`, { id: 'x' });
    expect((await problemOf(call(getSlip, { params: { id: idOf(1) } }))).code).toBe('internal');
    expect((await problemOf(call(getSlip, { params: { id: idOf(2) } }))).code).toBe('internal');
  });

  it('says offline when nothing answers', async () => {
    await portal.close();
    expect((await problemOf(call(getSession))).code).toBe('offline');
    portal = await startFakePortal();
  });
});
