import { useI18n } from 'vue-i18n';
import { slipFileName } from '../../../contract/slips.ts';
import type { SlipSummary } from '../../../contract/slips.ts';
import { toProblem } from '../../api/problem.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { useToastStore } from '../../shared/components/use-toast-store.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';

/**
 * Drags a slip's PDF out of the window, into a folder or a mail. The system takes the drag over, but only with the whole
 * file: it is fetched first, and the drag begins if the button is still held down then.
 */
export function useSlipDrag() {
  const { t } = useI18n();
  const toasts = useToastStore();
  const { sentence } = useSentences();

  async function take({ id, period, number }: SlipSummary, isHeld: () => boolean): Promise<void> {
    const { documents } = desktop();
    unwrap(await documents.prepareDrag({ id, fileName: slipFileName({ period, number }) }));
    if (!isHeld()) toasts.show(t('slips.drag.ready'), 'info');
    else unwrap(await documents.startDrag({ id }));
  }

  /** For `dragstart`. What has no PDF is not dragged at all: a link of ours is of no use elsewhere. */
  return async function drag(event: DragEvent, slip: SlipSummary): Promise<void> {
    event.preventDefault();
    if (slip.channel === 'none') return;
    let held = true;
    const release = () => (held = false);
    window.addEventListener('mouseup', release, { once: true, capture: true });
    try {
      await take(slip, () => held);
    } catch (error) {
      toasts.show(sentence(toProblem(error)), 'error');
    } finally {
      window.removeEventListener('mouseup', release, { capture: true });
    }
  };
}
