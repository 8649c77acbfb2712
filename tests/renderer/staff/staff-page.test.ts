import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listImports } from '../../../contract/imports.ts';
import { getSession } from '../../../contract/session.ts';
import {
  changeStaffRole,
  inviteStaff,
  listStaff,
  removeStaff,
  withdrawInvitation,
  type Invitation,
  type StaffMember,
} from '../../../contract/staff.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { buttonOf, idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const memberOf = (number: number, more: Partial<StaffMember> = {}): StaffMember => ({
  id: idOf(number),
  firstName: 'Rok',
  lastName: 'Bizjak',
  email: 'rok@vzorec.si',
  role: 'clerk',
  hasSecondFactor: false,
  lastUsedAt: null,
  ...more,
});

const invitation: Invitation = {
  id: idOf(300),
  email: 'nova@vzorec.si',
  role: 'clerk',
  createdAt: '2026-11-20T08:00:00.000Z',
  expiresAt: '2026-11-27T08:00:00.000Z',
};

const petra = memberOf(1, {
  ...{ firstName: 'Petra', lastName: 'Pisar', email: 'pisarna@vzorec.si', role: 'admin' },
  ...{ hasSecondFactor: true, lastUsedAt: '2026-11-23T08:00:00.000Z' },
});
const rok = memberOf(2);

let portal: ReturnType<typeof answerOperations>;
let members: StaffMember[];
let invitations: Invitation[];

beforeEach(() => {
  stubDesktop();
  portal = answerOperations();
  members = [rok, petra];
  invitations = [invitation];
  portal.answer(listStaff, () => ({ members, invitations }));
  portal.answer(listImports, () => ({ items: [], nextCursor: null }));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function settle(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
}

async function open() {
  const opened = await openApp('/office/staff', staffSession('admin'));
  await settle();
  return opened;
}

const toasts = () => useToastStore().toasts.map(({ text }) => text);
const dialog = () => document.querySelector<HTMLElement>('[role=dialog], [role=alertdialog]');
const labelled = (words: string) => document.querySelector<HTMLElement>(`[aria-label="${words}"]`)!;

async function click(element: HTMLElement): Promise<void> {
  element.focus();
  element.click();
  await flushPromises();
}

async function writeEmail(text: string): Promise<HTMLInputElement> {
  const input = dialog()!.querySelector<HTMLInputElement>('input[type=email]')!;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await flushPromises();
  return input;
}

describe('the staff of an office', () => {
  it('shows who works there, how they sign in, and who is invited', async () => {
    const { app } = await open();
    const rows = app.findAll('tbody tr').map((row) => row.text());
    expect(rows[0]).toMatch(/Rok Bizjak.*rok@vzorec\.si.*pisarna.*izklopljena.*ni prijave/s);
    expect(rows[1]).toMatch(/Petra Pisar.*to ste vi.*administrator.*vklopljena.*23\. 11\. 2026/s);
    expect(rows[2]).toMatch(/nova@vzorec\.si.*pisarna.*27\. 11\. 2026/s);
    expect(portal.asked(listStaff)).toEqual([{ query: { managerId: idOf(10) } }]);
    app.unmount();
  });

  it('says how invitations go when none is open', async () => {
    invitations = [];
    const { app } = await open();
    expect(app.text()).toContain('Odprtih vabil ni.');
    app.unmount();
  });

  it('can be asked for again when it did not come', async () => {
    portal.refuse(listStaff, 'offline');
    const { app } = await open();
    expect(app.text()).toContain('Portala ne dosežemo.');
    portal.answer(listStaff, () => ({ members, invitations }));
    await press('Poskusi znova');
    expect(app.text()).toContain('Rok Bizjak');
    app.unmount();
  });

  it('is not for clerks of the chosen manager, nor in their menu', async () => {
    const { app, router } = await openApp('/office/imports', staffSession('clerk', 'admin'));
    await router.push('/office/staff');
    await settle();
    expect(app.text()).toContain('To je za administratorje');
    expect(app.find('nav').text()).not.toContain('Zaposleni');
    expect(portal.asked(listStaff)).toEqual([]);
    app.unmount();
  });
});

describe('an invitation', () => {
  it('is sent, said, and in the list', async () => {
    const { app } = await open();
    const sent = { ...invitation, id: idOf(301), email: 'ana@vzorec.si' };
    portal.answer(inviteStaff, () => {
      invitations = [sent, invitation];
      return sent;
    });
    await press('Povabi sodelavca');
    expect(document.activeElement?.getAttribute('type')).toBe('email');
    await writeEmail(' Ana@vzorec.si ');
    await press('Pošlji vabilo');
    await flushPromises();
    expect(portal.asked(inviteStaff)[0]).toEqual({
      query: { managerId: idOf(10) },
      body: { email: 'Ana@vzorec.si', role: 'clerk', language: 'sl' },
    });
    expect(dialog()).toBeNull();
    expect(toasts()).toEqual(['Vabilo je na poti: ana@vzorec.si']);
    expect(app.text()).toContain('ana@vzorec.si');
    app.unmount();
  });

  it.each([
    ['', 'To polje je obvezno.'],
    ['ana', 'Vpišite celoten e-naslov'],
  ])('is not sent to "%s", and the field says why', async (text, words) => {
    const { app } = await open();
    await press('Povabi sodelavca');
    const input = await writeEmail(text);
    buttonOf('Pošlji vabilo').focus();
    await press('Pošlji vabilo');
    expect(portal.asked(inviteStaff)).toEqual([]);
    expect(document.activeElement).toBe(input);
    expect(document.getElementById(input.getAttribute('aria-describedby')!.split(' ')[0]!)?.textContent).toContain(
      words,
    );
    app.unmount();
  });

  it('says at the field that the person is here already', async () => {
    portal.refuse(inviteStaff, 'staff_member');
    const { app } = await open();
    await press('Povabi sodelavca');
    const input = await writeEmail('rok@vzorec.si');
    await press('Pošlji vabilo');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(dialog()?.textContent).toContain('Ta oseba že dela pri tem upravniku. Vlogo ji lahko spremenite');
    expect(dialog()?.querySelector('[role=alert]')).toBeNull();
    app.unmount();
  });

  it('says below the form that there were too many', async () => {
    portal.refuse(inviteStaff, 'rate_limited', { retryAfter: 600 });
    const { app } = await open();
    await press('Povabi sodelavca');
    await writeEmail('ana@vzorec.si');
    await press('Pošlji vabilo');
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('Počakajte 10\u00a0minut');
    app.unmount();
  });

  it('goes again to the same address, with another role if need be', async () => {
    portal.answer(inviteStaff, () => invitation);
    const { app } = await open();
    await click(labelled('Povabi znova: nova@vzorec.si'));
    expect(dialog()?.textContent).toContain('Koda iz prejšnjega vabila ne velja več.');
    expect(dialog()?.querySelector<HTMLInputElement>('input[type=email]')?.readOnly).toBe(true);
    dialog()!.querySelector<HTMLInputElement>('input[value=admin]')!.click();
    await press('Pošlji vabilo');
    expect(portal.asked(inviteStaff)[0]?.body).toEqual({ email: 'nova@vzorec.si', role: 'admin', language: 'sl' });
    app.unmount();
  });

  it('is taken back after a question', async () => {
    portal.answer(withdrawInvitation, () => void (invitations = []));
    const { app } = await open();
    await click(labelled('Umakni vabilo: nova@vzorec.si'));
    expect(portal.asked(withdrawInvitation)).toEqual([]);
    await click([...dialog()!.querySelectorAll('button')].at(-1)!);
    await flushPromises();
    expect(portal.asked(withdrawInvitation)[0]?.params).toEqual({ id: invitation.id });
    expect(toasts()).toEqual(['Vabilo je umaknjeno: nova@vzorec.si']);
    expect(app.text()).toContain('Odprtih vabil ni.');
    app.unmount();
  });

  it('that was accepted meanwhile: the question stays and says so', async () => {
    portal.refuse(withdrawInvitation, 'not_found');
    const { app } = await open();
    await click(labelled('Umakni vabilo: nova@vzorec.si'));
    await click([...dialog()!.querySelectorAll('button')].at(-1)!);
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('Tega na portalu ni ali ni več.');
    app.unmount();
  });
});

describe('the role of a member', () => {
  const chooseRole = (role: string) => click(dialog()!.querySelector<HTMLElement>(`input[value=${role}]`)!);

  it('is changed, and the focus returns to where it was', async () => {
    portal.answer(changeStaffRole, () => {
      members = [{ ...rok, role: 'admin' }, petra];
      return members[0];
    });
    const { app } = await open();
    await click(labelled('Spremeni vlogo: Rok Bizjak'));
    await chooseRole('admin');
    await press('Shrani vlogo');
    await new Promise((resolve) => setTimeout(resolve));
    expect(portal.asked(changeStaffRole)[0]).toMatchObject({ params: { id: rok.id }, body: { role: 'admin' } });
    expect(toasts()).toEqual(['Rok Bizjak: nova vloga je »administrator«.']);
    expect(app.findAll('tbody tr')[0]?.text()).toContain('administrator');
    expect(document.activeElement).toBe(labelled('Spremeni vlogo: Rok Bizjak'));
    app.unmount();
  });

  it('is not asked for when it stays the same', async () => {
    const { app } = await open();
    await click(labelled('Spremeni vlogo: Rok Bizjak'));
    await press('Shrani vlogo');
    expect(dialog()).toBeNull();
    expect(portal.asked(changeStaffRole)).toEqual([]);
    app.unmount();
  });

  it('of the last admin stays, with the way out', async () => {
    portal.refuse(changeStaffRole, 'last_admin');
    const { app } = await open();
    await click(labelled('Spremeni vlogo: Petra Pisar'));
    await chooseRole('clerk');
    expect(dialog()?.textContent).toContain('To ste vi. V vlogi »pisarna«');
    await press('Shrani vlogo');
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('Petra Pisar je edini administrator');
    app.unmount();
  });

  it('that one takes from oneself leads to what a clerk may do', async () => {
    portal.answer(changeStaffRole, () => ({ ...petra, role: 'clerk' }));
    portal.answer(getSession, () => staffSession('clerk'));
    const { app, router } = await open();
    await click(labelled('Spremeni vlogo: Petra Pisar'));
    await chooseRole('clerk');
    await press('Shrani vlogo');
    await settle();
    expect(router.currentRoute.value.name).toBe('overview');
    expect(app.find('nav').text()).toContain('Uvozi');
    expect(app.find('nav').text()).not.toContain('Nastavitve');
    app.unmount();
  });
});

describe('the removal of a member', () => {
  it('says first what happens, and does it then', async () => {
    portal.answer(removeStaff, () => void (members = [petra]));
    const { app } = await open();
    await click(labelled('Odstrani: Rok Bizjak'));
    expect(dialog()?.textContent).toContain(
      'takoj izgubi dostop do pisarne (Upravnik 1). Njen uporabniški račun ostane',
    );
    expect(portal.asked(removeStaff)).toEqual([]);
    await click([...dialog()!.querySelectorAll('button')].at(-1)!);
    await flushPromises();
    expect(portal.asked(removeStaff)[0]?.params).toEqual({ id: rok.id });
    expect(app.text()).not.toContain('rok@vzorec.si');
    expect(toasts()).toEqual(['Rok Bizjak: dostopa do pisarne ni več.']);
    expect(document.activeElement?.tagName).toBe('H1');
    app.unmount();
  });

  it('can be thought better of', async () => {
    const { app } = await open();
    await click(labelled('Odstrani: Rok Bizjak'));
    await press('Prekliči');
    expect(dialog()).toBeNull();
    expect(portal.asked(removeStaff)).toEqual([]);
    app.unmount();
  });

  it('of the last admin is explained', async () => {
    portal.refuse(removeStaff, 'last_admin');
    const { app } = await open();
    await click(labelled('Odstrani: Petra Pisar'));
    await press('Odstrani me');
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('Najprej dajte to vlogo še komu.');
    app.unmount();
  });

  it('of oneself says that access is lost, and leads on', async () => {
    portal.answer(removeStaff, () => undefined);
    portal.answer(getSession, () => ({ ...staffSession('admin'), roles: [] }));
    const { app, router } = await open();
    await click(labelled('Odstrani: Petra Pisar'));
    expect(dialog()?.textContent).toContain('Takoj izgubite dostop do pisarne (Upravnik 1).');
    await press('Odstrani me');
    await settle();
    expect(router.currentRoute.value.name).toBe('profile');
    expect(toasts()).toEqual(['Dostopa do pisarne nimate več: Upravnik 1']);
    expect(() => buttonOf('Povabi sodelavca')).toThrow();
    app.unmount();
  });
});
