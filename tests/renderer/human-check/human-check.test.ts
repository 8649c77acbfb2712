import { flushPromises } from '@vue/test-utils';
import { createChallenge, solveChallenge, type Challenge, type Solution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import type { DesktopApi } from '../../../contract/desktop/api.ts';
import { errorStatus, type ErrorCode } from '../../../contract/errors.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import HumanCheckStatus from '../../../src-renderer/modules/human-check/HumanCheckStatus.vue';
import HumanCheckVeil from '../../../src-renderer/modules/human-check/HumanCheckVeil.vue';
import { useHumanCheck } from '../../../src-renderer/modules/human-check/use-human-check.ts';
import { openPage, until } from '../helpers/page.ts';
import { portal as portalAnswer } from '../helpers/people.ts';
import { startFakePortal, type FakePortal } from '../helpers/portal.ts';

/** happy-dom has no workers: the real one does the same beside the page. */
vi.mock('../../../src-renderer/modules/human-check/human-check.worker.ts?worker', () => ({
  default: class {
    onmessage: ((event: { data: Solution | null }) => void) | null = null;
    postMessage(challenge: Challenge): void {
      void solveChallenge({ challenge, deriveKey }).then((data) => this.onmessage?.({ data }));
    }
    terminate(): void {}
  },
}));

const answer = vi.fn<DesktopApi['humanCheck']['answer']>();
const cancel = vi.fn<DesktopApi['humanCheck']['cancel']>(() => Promise.resolve());
let portal: FakePortal;

beforeEach(async () => {
  answer.mockReset();
  cancel.mockClear();
  portal = await startFakePortal();
  const challenge = await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 1, counter: 7, deriveKey });
  portal.answer('GET /human-check', { challenge });
});

afterEach(() => portal.close());

const problem = (code: ErrorCode) =>
  ({ ok: false, problem: { type: code, title: code, status: errorStatus[code], code } }) as const;

/** A form that uses the check, and what lies around Turnstile. */
async function open(humanCheck: 'off' | 'altcha' | 'turnstile') {
  portal.answer('GET /portal', { ...portalAnswer, humanCheck });
  let check!: ReturnType<typeof useHumanCheck>;
  const form = defineComponent({
    setup: () => {
      check = useHumanCheck();
      return () => h('div', [h(HumanCheckStatus, { busy: true, next: 'Pošiljamo …' }), h(HumanCheckVeil)]);
    },
  });
  const { page } = await openPage(form, { humanCheck: { answer, cancel } });
  return { check, page };
}

const challengesAsked = () => portal.requests.map(({ address }) => address).filter((to) => to.includes('/human-check'));

const counterIn = (text: string | undefined): number =>
  (JSON.parse(atob(text ?? '')) as { solution: Solution }).solution.counter;

describe('the human check', () => {
  it('works a challenge out, and says so', async () => {
    const { check, page } = await open('altcha');
    const answered = check.answerHumanCheck('registration');
    await until(() => page.text() === 'Preverjamo, da niste robot …');
    expect(counterIn(await answered)).toBe(7);
    expect(challengesAsked()).toEqual(['GET /human-check?action=registration']);
    await flushPromises();
    expect(page.text()).toBe('Preverjeno: niste robot. Pošiljamo …');
  });

  it('is quick where the portal asks for none', async () => {
    const { check, page } = await open('off');
    expect(await check.withHumanCheck('sign-in', (given) => Promise.resolve(given))).toBeUndefined();
    expect(challengesAsked()).toEqual([]);
    expect(page.text()).toBe('Pošiljamo …');
  });

  it('shows Turnstile with a way to close it, and takes its answer', async () => {
    const { check } = await open('turnstile');
    let give!: (answer: Awaited<ReturnType<DesktopApi['humanCheck']['answer']>>) => void;
    answer.mockReturnValue(new Promise((resolve) => (give = resolve)));
    const answered = check.answerHumanCheck('sign-in');
    await until(() => document.querySelector('[role=dialog]') !== null);
    const veil = document.querySelector('[role=dialog]');
    expect(veil?.textContent).toContain('Če se pokaže okvirček, ga kliknite.');
    [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Prekliči')?.click();
    expect(cancel).toHaveBeenCalledOnce();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(cancel).toHaveBeenCalledTimes(2);
    give({ ok: true, value: 'turnstile:t' });
    expect(await answered).toBe('turnstile:t');
    await until(() => document.querySelector('[role=dialog]') === null);
    expect(answer).toHaveBeenCalledExactlyOnceWith('sign-in');
    expect(challengesAsked()).toEqual([]);
  });

  it.each(['human_check_unavailable', 'internal'] as const)('goes around Turnstile when it is %s', async (code) => {
    const { check } = await open('turnstile');
    answer.mockResolvedValue(problem(code));
    expect(counterIn(await check.answerHumanCheck('password-reset'))).toBe(7);
    expect(challengesAsked()).toEqual(['GET /human-check?action=password-reset']);
  });

  it('ends when the user closes it', async () => {
    const { check } = await open('turnstile');
    answer.mockResolvedValue(problem('cancelled'));
    const send = vi.fn();
    await expect(check.withHumanCheck('sign-in', send)).rejects.toMatchObject({ code: 'cancelled' });
    expect(send).not.toHaveBeenCalled();
    expect(challengesAsked()).toEqual([]);
  });

  it("sends once more, with an answer of our own, when Turnstile's could not be judged", async () => {
    const { check } = await open('turnstile');
    answer.mockResolvedValue({ ok: true, value: 'turnstile:t' });
    const send = vi.fn<(given: string | undefined) => Promise<string>>();
    send.mockRejectedValueOnce(new ApiProblem({ code: 'human_check_unavailable' })).mockResolvedValue('sent');
    expect(await check.withHumanCheck('sign-in', send)).toBe('sent');
    expect(send.mock.calls[0]).toEqual(['turnstile:t']);
    expect(counterIn(send.mock.calls[1]?.[0])).toBe(7);
  });

  it('sends once alone when anything else is wrong', async () => {
    const { check } = await open('altcha');
    const send = vi.fn(() => Promise.reject(new ApiProblem({ code: 'human_check_failed' })));
    await expect(check.withHumanCheck('sign-in', send)).rejects.toMatchObject({ code: 'human_check_failed' });
    expect(send).toHaveBeenCalledOnce();
  });
});
