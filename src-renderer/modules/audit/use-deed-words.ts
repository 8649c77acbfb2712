import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import type { AuditEntry } from '../../../contract/audit.ts';
import { formatCount } from '../../shared/format/money.ts';
import { formatIban } from '../../shared/format/payment.ts';
import { useFormat } from '../../shared/format/use-format.ts';

type Detail = AuditEntry['details'][string];

/** The pages of what deeds are done to. */
const pages: Readonly<Record<string, string>> = { payer: 'payer', import: 'import', run: 'run' };

/** An entry of the log in words. */
export function useDeedWords() {
  const { t, te } = useI18n();
  const format = useFormat();

  const known = (key: string, otherwise: string): string => (te(key) ? t(key) : otherwise);

  function valueOf(name: string, value: NonNullable<Detail>): string {
    if (typeof value === 'boolean') return t(`audit.is.${value}`);
    if (typeof value === 'number') return formatCount(value);
    if (name === 'period') return format.period(value);
    if (name === 'iban' || name === 'ibanBefore') return formatIban(value);
    if (name === 'changed') return value.split(' ').map((field) => known(`audit.field.${field}`, field)).join(', '); // prettier-ignore
    return known(`audit.value.${value.replaceAll('.', '_')}`, value);
  }

  /** What else is worth knowing: what there is a word for. Ids say nothing to a person. */
  function detailsOf({ details, actor, subject }: AuditEntry): string {
    const told: Record<string, boolean> = { apiKey: actor.kind === 'program', period: subject?.kind === 'run' };
    const shown = Object.entries(details).filter(
      (pair): pair is [string, NonNullable<Detail>] =>
        pair[1] !== null && te(`audit.detail.${pair[0]}`) && !told[pair[0]],
    );
    return shown.map(([name, value]) => `${t(`audit.detail.${name}`)}: ${valueOf(name, value)}`).join(' · ');
  }

  /** To what it was done, as it is called. */
  function subjectOf({ subject }: AuditEntry): string {
    if (!subject) return '';
    const { kind, id, name } = subject;
    const named = kind === 'run' || kind === 'print_run' ? name && format.period(name) : name;
    const label = kind === 'payer code' || kind === 'host' ? id : kind === 'iban' ? formatIban(id) : named;
    const word = known(`audit.subject.${kind.replace(' ', '_')}`, '');
    if (label) return word ? `${word}: ${label}` : label;
    return kind in pages ? `${word} (${t('audit.gone')})` : '';
  }

  /** The page of what it was done to, while it is there. */
  function linkOf({ subject }: AuditEntry): RouteLocationRaw | null {
    const page = subject && pages[subject.kind];
    return page && subject.name !== null ? { name: page, params: { id: subject.id } } : null;
  }

  function actorOf({ actor: { kind, name } }: AuditEntry): string {
    if (kind === 'program') return t('audit.by.program', { name: name ?? '' });
    return name ?? t(`audit.by.${kind}`);
  }

  return { deedOf: ({ action }: AuditEntry) => t(`audit.deed.${action}`), detailsOf, subjectOf, linkOf, actorOf };
}
