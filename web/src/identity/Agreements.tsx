import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { SupplyAgreement } from '../generated/api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import type { Column } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { AgreementDetail } from './AgreementDetail.tsx';
import { AgreementForm } from './AgreementForm.tsx';
import { useIdentityTexts } from './texts.ts';

/** Terms between pairs of parties: price, payment, inspection, tolerance. */
export function Agreements() {
  const t = useIdentityTexts();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<string>();
  const columns = useColumns(setShown);
  return (
    <>
      {may('commerce.agreement.propose') && (
        <div>
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('propose')}
          </Button>
        </div>
      )}
      <DataList<SupplyAgreement>
        path="/api/v1/agreements"
        columns={columns}
        rowKey={({ id }) => id}
        name={t('export_agreements')}
        empty={<Empty title={t('none_agreements')}>{t('none_agreements_more')}</Empty>}
      />
      <Drawer open={adding} title={t('propose')} onClose={() => setAdding(false)}>
        <AgreementForm onDone={() => setAdding(false)} />
      </Drawer>
      <Drawer open={shown !== undefined} title={t('agreement')} onClose={() => setShown(undefined)}>
        {shown && <AgreementDetail id={shown} />}
      </Drawer>
    </>
  );
}

function useColumns(onShow: (id: string) => void): Column<SupplyAgreement>[] {
  const t = useIdentityTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { party } = useSession();
  const partner = ({ seller_id, buyer_id }: SupplyAgreement) =>
    partyName(seller_id === party.id ? buyer_id : seller_id);
  const side = ({ seller_id }: SupplyAgreement) => t(seller_id === party.id ? 'selling' : 'buying');
  const validity = ({ valid_from, valid_until }: SupplyAgreement) =>
    valid_until
      ? t('until', { from: format.date(valid_from), until: format.date(valid_until) })
      : t('open_end', { from: format.date(valid_from) });
  const days = ({ payment_days }: SupplyAgreement) =>
    t('payment_days_value', { days: payment_days });
  return [
    {
      id: 'partner',
      label: t('partner'),
      card: 'title',
      cell: (row) => (
        <button type="button" className="text-button" onClick={() => onShow(row.id)}>
          {partner(row)}
        </button>
      ),
      text: partner,
    },
    {
      id: 'number',
      label: t('agreement'),
      cell: ({ number }) => number,
      text: (row) => row.number,
    },
    { id: 'side', label: t('side'), cell: side, text: side },
    { id: 'validity', label: t('validity'), cell: validity, text: validity },
    { id: 'payment_days', label: t('payment_days'), figure: true, cell: days, text: days },
    {
      id: 'state',
      label: t('state'),
      card: 'aside',
      cell: ({ state }) => (
        <Tag tone={state === 'proposed' ? 'waiting' : 'plain'}>{t(`state_${state}`)}</Tag>
      ),
      text: ({ state }) => t(`state_${state}`),
    },
  ];
}
