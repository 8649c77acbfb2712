import { describe, expect, it } from 'vitest';
import { registrationFaults, useRegistrationForm } from '../../src-renderer/modules/guest/use-registration-form.ts';
import { manager } from './helpers/people.ts';

const good = {
  managerId: manager.id,
  payerCode: '104217',
  slipPassword: 'K7QM-3XRT-9WVDT',
  firstName: 'Žan',
  lastName: 'Čehovin',
  email: 'zan@primer.si',
  password: 'Kratko-7!',
  repeat: 'Kratko-7!',
};

describe('the registration form', () => {
  it('has nothing against good values', () => {
    expect(registrationFaults(good)).toEqual({});
  });

  it('asks for everything that is empty', () => {
    const empty = Object.fromEntries(Object.keys(good).map((field) => [field, ''])) as typeof good;
    expect(registrationFaults(empty)).toEqual({
      managerId: 'manager',
      payerCode: 'required',
      slipPassword: 'required',
      firstName: 'required',
      lastName: 'required',
      email: 'required',
      password: 'required',
      repeat: 'required',
    });
  });

  it.each([
    ['slipPassword', 'K7QM-3XRT', 'slip_password_short'],
    ['slipPassword', 'K7QM-3XRT-9WVDA', 'slip_password'],
    ['slipPassword', 'K7QM-3XTR-9WVDT', 'slip_password'],
    ['payerCode', '104 217', 'payer_code'],
    ['email', 'zan.primer.si', 'email'],
    ['firstName', 'Ž'.repeat(61), 'too_long'],
    ['password', 'abcdefgh', 'own_password'],
    ['password', 'Ljubljana-1', 'common_password'],
    ['password', 'Žan-Čehovin-1', 'common_password'],
    ['repeat', 'Kratko-7?', 'repeat'],
  ] as const)('catches %s %j before the server is asked', (field, value, rule) => {
    const faults = registrationFaults({ ...good, [field]: value });
    expect(faults[field]).toBe(rule);
  });

  it('speaks of a field once it was left, of an empty one not before the form is sent', () => {
    const form = useRegistrationForm({});
    form.left('email');
    expect(form.faults.value).toEqual({});
    form.values.email = 'zan';
    form.left('email');
    expect(form.faults.value).toEqual({ email: 'email' });
    form.changed('email');
    expect(form.faults.value).toEqual({});
    expect(form.check()).toBe(false);
    expect(Object.keys(form.faults.value)).toHaveLength(8);
  });

  it("shows the server's findings at their fields", () => {
    const form = useRegistrationForm(good);
    form.refused([
      { path: 'email', rule: 'email_taken' },
      { path: 'unknown', rule: 'x' },
    ]);
    expect(form.faults.value).toEqual({ email: 'email_taken' });
  });

  it('ticks the pieces of the password rule off one by one', () => {
    const form = useRegistrationForm({});
    const broken = (password: string) => {
      form.values.password = password;
      return form.brokenRules.value;
    };
    expect(broken('')).toEqual(['length', 'lower', 'upper', 'digit', 'special', 'common']);
    expect(broken('krt')).toEqual(['length', 'upper', 'digit', 'special']);
    expect(broken('Krt1')).toEqual(['length', 'special']);
    expect(broken('Ljubljana-1')).toEqual(['common']);
    expect(broken('Krtina1!')).toEqual([]);
  });
});
