import { useState } from 'react';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useSession } from '../kernel/session.ts';
import { PayForm } from './PayForm.tsx';
import { useMoneyTexts } from './texts.ts';

const MOST_OPEN = 200;

/** A payment to one of those to whom something is owed. */
export function PayAnyone({ onDone }: { onDone: () => void }) {
  const t = useMoneyTexts();
  const read = useBilingual();
  const { party } = useSession();
  const [payee, setPayee] = useState('');
  const ageing = useApi('receivable.age', { query: { side: 'buyer' } });
  const owed = useApi(
    'receivable.list',
    { query: { side: 'buyer', counterparty_id: payee, limit: MOST_OPEN } },
    payee !== '',
  );
  const creditors = new Map(
    (ageing.data?.items ?? []).map(({ counterparty }) => [counterparty.id, counterparty]),
  );
  if (ageing.isPending) return <Skeleton rows={3} />;
  if (creditors.size === 0) return <p className="muted">{t('none_payables_more')}</p>;
  return (
    <div className="stack">
      <SelectField
        label={t('pay_whom')}
        placeholder={t('choose')}
        options={[...creditors.values()].map(({ id, name }) => ({ value: id, label: read(name) }))}
        value={payee}
        onChange={setPayee}
      />
      {payee && owed.data && !owed.isPlaceholderData && (
        <PayForm
          key={payee}
          payer={party.id}
          payee={payee}
          owed={owed.data.items}
          onDone={onDone}
        />
      )}
    </div>
  );
}
