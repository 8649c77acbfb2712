import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../api/problem.ts';

/** Codes of the contract as sentences. */
export function useSentences() {
  const { t, te } = useI18n();

  function wait(seconds: number): string {
    if (seconds < 90) return t('wait.seconds', seconds);
    return seconds < 90 * 60 ? t('wait.minutes', Math.ceil(seconds / 60)) : t('wait.hours', Math.ceil(seconds / 3600));
  }

  /** What happened and what to do; for the unforeseen, the number by which it can be found in the log. */
  function sentence(problem: ApiProblem): string {
    const text = t(`errors.${problem.code}`, { wait: wait(problem.retryAfter ?? 60) });
    return problem.code === 'internal' && problem.requestId
      ? `${text} ${t('requestNumber', { id: problem.requestId })}`
      : text;
  }

  /** What is wrong with a field; a rule without a sentence of its own is just not understood. */
  const ruleSentence = (rule: string): string => t(te(`rules.${rule}`) ? `rules.${rule}` : 'rules.invalid');

  return { sentence, ruleSentence, wait };
}
