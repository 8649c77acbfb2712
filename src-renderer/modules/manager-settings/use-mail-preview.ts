import { onScopeDispose, shallowRef, watch } from 'vue';
import type { BodyInput, ResponseOf } from '../../../contract/endpoint.ts';
import type { previewMail } from '../../../contract/manager-settings.ts';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import { useManagerSettings } from './use-manager-settings.ts';

export type MailAsked = BodyInput<typeof previewMail>;
export type PreviewKind = MailAsked['kind'];

/** Nobody types slower than this within a word. */
const pauseMs = 300;

/** The mail as it would be, while its words are being typed: asked for at every pause, the last answer counts. */
export function useMailPreview(asked: () => MailAsked) {
  const { previewMail: ask } = useManagerSettings();
  const mail = shallowRef<ResponseOf<typeof previewMail> | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  async function look(): Promise<void> {
    const mine = ++latest;
    try {
      const given = await ask(asked());
      if (mine === latest) [mail.value, problem.value] = [given, null];
    } catch (error) {
      if (mine === latest) problem.value = toProblem(error);
    }
  }

  watch(asked, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), pauseMs);
  });
  onScopeDispose(() => clearTimeout(timer));
  void look();

  return { mail, problem };
}
