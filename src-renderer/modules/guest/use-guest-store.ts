import { defineStore } from 'pinia';
import { ref } from 'vue';
import { formatSlipPassword, normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';

/** What goes along from the sign-in to the registration and back. In memory only. */
export const useGuestStore = defineStore('guest', () => {
  const payerCode = ref('');
  const slipPassword = ref('');
  /** The e-mail of an account that has just been made. */
  const registered = ref('');

  function carry(code: string, password: string): void {
    payerCode.value = code;
    slipPassword.value = formatSlipPassword(normalizeSlipPassword(password));
  }

  function setRegistered(email: string): void {
    registered.value = email;
    carry('', '');
  }

  return { payerCode, slipPassword, registered, carry, setRegistered };
});
