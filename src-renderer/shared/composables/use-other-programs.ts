import { toProblem } from '../../api/problem.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { Result } from '../../../contract/desktop/api.ts';
import { useToastStore } from '../components/use-toast-store.ts';
import { useSentences } from '../i18n/use-sentences.ts';

/** What the computer's other programs are asked to show; where they do not, a toast says why. */
export function useOtherPrograms() {
  const toasts = useToastStore();
  const { sentence } = useSentences();

  async function told(answer: Promise<Result<null>>): Promise<void> {
    try {
      unwrap(await answer);
    } catch (error) {
      toasts.show(sentence(toProblem(error)), 'error');
    }
  }

  return {
    /** The file that was saved last under that name, in its folder. */
    showSaved: (fileName: string) => told(desktop().documents.showSaved({ fileName })),
    /** A new mail to a manager's office. */
    writeTo: (email: string) => told(desktop().shell.openLink(`mailto:${email}`)),
  };
}
