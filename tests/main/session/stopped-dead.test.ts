import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import type { MainProcess } from '../../helpers/main-process.ts';
import { anAccount, anotherAccount, json, problem, sessionOf } from '../../helpers/portal-stand-in.ts';
import { credentials, entry, recordsIn, setUpSignedIn, statusOf } from './set-up.ts';
import type { Computer } from './set-up.ts';

type Act = (program: MainProcess, computer: Computer) => Promise<unknown>;
type Check = (computer: Computer, again: MainProcess, step: number) => Promise<void>;

/**
 * Does something over and over, each time on a computer of its own and stopped dead at the next step: before a call of
 * the keychain or a change of the settings. What would have come after never happens, as after `kill -9`. `check` sees
 * the program's next start. Answers the number of steps.
 */
async function stopAtEachStep(act: Act, check: Check, before: Act = () => Promise.resolve()): Promise<number> {
  for (let last = 1; ; last++) {
    const computer = await setUpSignedIn();
    await before(computer.main, computer);
    let step = 0;
    let die: () => void = () => undefined;
    const death = new Promise<'dead'>((resolve) => (die = () => resolve('dead')));
    const onStep = (): void | Promise<void> => {
      if (++step < last) return;
      die();
      return new Promise(() => undefined);
    };
    const program = await computer.start({ onSettingsChange: onStep, patienceMs: 60_000 });
    await program.get('/api/v1/session');
    computer.keytar.onCall = onStep;
    step = 0;
    const outcome = await Promise.race([act(program, computer), death]);
    computer.keytar.onCall = () => undefined;
    if (outcome !== 'dead') return last - 1;
    await check(computer, await computer.start(), last);
  }
}

const displace: Act = async (program, { portal }) => {
  portal.answer('GET /office/payers', (_, response) => problem(response, 'session_displaced'));
  await program.get('/api/v1/office/payers');
};

const signInAs =
  (accountId: string, token: string): Act =>
  (program, { portal }) => {
    portal.signInAs(accountId, token);
    return program.send(channels.signIn, credentials);
  };

const withoutNetwork = async <T>({ portal }: Computer, look: () => Promise<T>): Promise<T> => {
  await portal.stop();
  const seen = await look();
  await portal.start();
  // Connections that the stop has broken are found out by their next use.
  const isBack = () =>
    fetch(`${portal.origin}/api/v1/portal`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isBack).toBe(true);
  return seen;
};

const offlineSlips = (computer: Computer, program: MainProcess) =>
  withoutNetwork(computer, () => statusOf(program, '/slips'));

async function expectNothingLeft({ keytar, offline }: Computer, program: MainProcess): Promise<void> {
  expect(await statusOf(program, '/session')).toBe(401);
  expect(keytar.entries.size).toBe(0);
  expect(existsSync(offline)).toBe(false);
  expect(program.settings.get().signedIn).toBeNull();
}

describe('stopped dead at any step', () => {
  test('of locking: as before, or locked; the person comes back to their slips', async () => {
    const steps = await stopAtEachStep(displace, async (computer, again, step) => {
      expect(await offlineSlips(computer, again), `step ${step}`).toBe(step === 1 ? 200 : 401);
      await signInAs(anAccount, 'token-2')(again, computer);
      expect(await offlineSlips(computer, again), `step ${step}`).toBe(200);
    });
    expect(steps).toBe(2);
  });

  const signOut: Act = (program) => program.send(channels.signOut);
  const deleteAccount: Act = (program, { portal }) => {
    portal.answer('POST /account/deletion', (_, response) => response.writeHead(204).end());
    return program.send(channels.deleteAccount, { password: 'x' });
  };

  test.each([
    ['signing out', signOut],
    ['deleting the account', deleteAccount],
  ])('of %s: as before, or the next start leaves nothing', async (_, act) => {
    const steps = await stopAtEachStep(act, async (computer, again, step) => {
      if (step === 1) expect(await statusOf(again, '/session')).toBe(200);
      else await expectNothingLeft(computer, again);
    });
    expect(steps).toBe(4);
  });

  test('of coming back to a locked cache: signed out, and the slips wait', async () => {
    const act = signInAs(anAccount, 'token-2');
    const check: Check = async (computer, again) => {
      expect(await offlineSlips(computer, again)).toBe(401);
      await act(again, computer);
      expect(await offlineSlips(computer, again)).toBe(200);
    };
    const steps = await stopAtEachStep(act, check, displace);
    expect(steps).toBeGreaterThan(2);
  });

  test("of signing in after somebody else: nobody sees the other one's slips", async () => {
    const act = signInAs(anotherAccount, 'token-2');
    const check: Check = async (computer, again) => {
      const { keytar, offline } = computer;
      const files = existsSync(offline) ? await recordsIn(offline) : [];
      expect(await offlineSlips(computer, again)).toBe(401);
      await act(again, computer);
      expect(await offlineSlips(computer, again)).toBe(503);
      const left = await recordsIn(offline);
      expect(files.filter((name) => left.includes(name))).toEqual([]);
      expect(keytar.entries.get(entry(keytar, 'offline key')!)).toContain(anotherAccount);
    };
    const steps = await stopAtEachStep(act, check, displace);
    expect(steps).toBeGreaterThan(6);
  });

  test('of changing the password: signed out at worst, and the slips wait', async () => {
    const act: Act = (program, { portal }) => {
      portal.answer('POST /account/password', (_, response) => {
        portal.signInAs(anAccount, 'token-2');
        json(response, 200, { token: 'token-2', session: sessionOf(anAccount) });
      });
      return program.send(channels.changePassword, { currentPassword: 'x', password: 'y' });
    };
    const steps = await stopAtEachStep(act, async (computer, again) => {
      expect(await statusOf(again, '/session')).toBe(401);
      expect(again.endings).toMatchObject([{ code: 'not_signed_in' }]);
      await signInAs(anAccount, 'token-3')(again, computer);
      expect(await offlineSlips(computer, again)).toBe(200);
    });
    expect(steps).toBe(1);
  });
});
