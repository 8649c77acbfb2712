import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { previewTemplates } from '../../../contract/manager-settings.ts';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import { useManagerSettings, type Templates } from './use-manager-settings.ts';

export type Preview = ResponseOf<typeof previewTemplates>;

/** Nobody types slower than this within a word. */
const pauseMs = 300;

/** What templates would make of a slip, while they are being typed: asked for at every pause, the last answer counts. */
export function useTemplatePreview(templates: () => Templates) {
  const { preview: ask } = useManagerSettings();
  const preview = shallowRef<Preview | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  async function look(): Promise<void> {
    const mine = ++latest;
    const { referenceTemplate, purposeTemplate } = templates();
    // An empty template is none: the field itself says that it must be there.
    if (referenceTemplate.trim() === '' || purposeTemplate.trim() === '') return;
    try {
      const given = await ask({ referenceTemplate, purposeTemplate });
      if (mine !== latest) return;
      preview.value = given;
      problem.value = null;
    } catch (error) {
      if (mine !== latest) return;
      preview.value = null;
      problem.value = toProblem(error);
    }
  }

  watch(templates, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), pauseMs);
  });
  onScopeDispose(() => clearTimeout(timer));
  void look();

  return { preview, problem };
}
