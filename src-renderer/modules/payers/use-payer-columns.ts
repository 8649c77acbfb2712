import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Payer } from '../../../contract/payers.ts';
import type { Column } from '../../shared/components/app-table.ts';
import { useColumnChoice } from '../../shared/composables/use-column-choice.ts';
import { formatCents } from '../../shared/format/money.ts';
import { useFormat } from '../../shared/format/use-format.ts';

/** The columns of the table of payers. The narrowest window keeps what a payer is known by. */
export function usePayerColumns() {
  const { t } = useI18n();
  const format = useFormat();
  const labelled = (key: string): Pick<Column<Payer>, 'key' | 'label'> => ({ key, label: t(`payers.column.${key}`) });

  const columns = computed<Column<Payer>[]>(() => [
    { ...labelled('code'), text: ({ code }) => code, width: 6, className: 'code' },
    { ...labelled('name'), text: ({ name }) => name, isHeader: true, minWidth: 9 },
    { ...labelled('units'), title: ({ units }) => units.join('\n'), minWidth: 9, className: 'units' },
    { ...labelled('address'), text: ({ street, town }) => `${street}, ${town}`, width: 17, from: 82 },
    { ...labelled('email'), text: ({ email }) => email ?? '', width: 15, from: 98 },
    { ...labelled('channel'), width: 8.25, from: 50 },
    { ...labelled('access'), width: 10.25 },
    {
      ...{ ...labelled('period'), width: 9, isOptional: true },
      text: ({ lastSlip }) => (lastSlip ? format.period(lastSlip.period) : ''),
    },
    {
      ...{ ...labelled('lastSlip'), align: 'right', width: 9, from: 58 },
      text: ({ lastSlip }) => (lastSlip ? formatCents(lastSlip.totalCents) : ''),
      title: ({ lastSlip }) => (lastSlip ? format.period(lastSlip.period) : ''),
    },
  ]);

  return useColumnChoice('payers', () => columns.value);
}
