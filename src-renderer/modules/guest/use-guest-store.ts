import { defineStore } from 'pinia';
import { ref } from 'vue';
import { formatSlipPassword, normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';

/** What has just been done; it is said once, where the person goes on. */
export type GuestNews = 'registered' | 'reset' | 'joined' | 'deleted';

/** What goes along from one page before the sign-in to the next. In memory only. */
export const useGuestStore = defineStore('guest', () => {
  const payerCode = ref('');
  const slipPassword = ref('');
  const news = ref<GuestNews | null>(null);
  /** The address to sign in with, as far as it is known. */
  const email = ref('');

  function carry(code: string, password: string): void {
    payerCode.value = code;
    slipPassword.value = formatSlipPassword(normalizeSlipPassword(password));
  }

  function tell(what: GuestNews, address = ''): void {
    news.value = what;
    email.value = address;
    carry('', '');
  }

  function forget(): void {
    news.value = null;
    email.value = '';
  }

  return { payerCode, slipPassword, news, email, carry, tell, forget };
});
