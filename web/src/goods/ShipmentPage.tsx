import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useProductName } from '../commerce/product-names.ts';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Despatch } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import type { Column } from '../table/columns.ts';
import { Rows } from '../table/Rows.tsx';
import { usePalletLabel } from './pallet-label.ts';
import { useGoodsTexts } from './texts.ts';

export function ShipmentPage() {
  const t = useGoodsTexts();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useApi('despatch.get', { params: { id } });
  if (found.data?.id === id) return <Shipment despatch={found.data} />;
  return (
    <Page title={t('shipment', { number: '' })} back="/shipments">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </Page>
  );
}

function Shipment({ despatch }: { despatch: Despatch }) {
  const t = useGoodsTexts();
  const format = useFormat();
  const read = useBilingual();
  const may = useMay();
  const { party } = useSession();
  const [losing, setLosing] = useState(false);
  const { id, number, state, seller, buyer, expected_on } = despatch;
  const waiting = state === 'under_way';
  const receives = waiting && buyer.id === party.id && may('trade.receipt.record');
  const late = waiting && expected_on < format.today;
  return (
    <Page
      title={t('shipment', { number })}
      back="/shipments"
      subtitle={
        <span className="row">
          {read(seller.name)} → {read(buyer.name)}
          <Tag tone={late || state === 'lost' ? 'late' : 'plain'}>{t(`state_${state}`)}</Tag>
        </span>
      }
      notice={
        late && (
          <Notice tone="late">
            {t('expected')} {t('late', { date: format.date(expected_on) })}
          </Notice>
        )
      }
      action={
        receives && (
          <Link to={`/shipments/${id}/receive`} className="button is-primary is-medium">
            {t('receive')}
          </Link>
        )
      }
    >
      <div className="halves">
        <Card title={t('lines')}>
          <Goods despatch={despatch} />
        </Card>
        <Card>
          <Journey despatch={despatch} />
          {waiting && seller.id === party.id && may('trade.despatch.lose') && (
            <div className="row card-foot">
              <Button kind="danger" size="small" onClick={() => setLosing(true)}>
                {t('lose')}
              </Button>
            </div>
          )}
        </Card>
      </div>
      <Drawer open={losing} title={t('lose')} onClose={() => setLosing(false)}>
        <LoseForm id={id} onDone={() => setLosing(false)} />
      </Drawer>
    </Page>
  );
}

function Journey({ despatch }: { despatch: Despatch }) {
  const t = useGoodsTexts();
  const format = useFormat();
  const read = useBilingual();
  const { id, number, order_id, order_number, carrier, vehicle, note } = despatch;
  const { despatched_at, expected_on, received_at } = despatch;
  return (
    <dl className="facts">
      <dt>{t('order')}</dt>
      <dd>
        <Link to={`/orders/${order_id}`}>{order_number ?? t('open_order')}</Link>
      </dd>
      <dt>{t('despatched')}</dt>
      <dd>{format.instant(despatched_at)}</dd>
      <dt>{t('expected')}</dt>
      <dd>{format.date(expected_on)}</dd>
      {received_at && (
        <>
          <dt>{t('arrived')}</dt>
          <dd>{format.instant(received_at)}</dd>
        </>
      )}
      <dt>{t('carrier')}</dt>
      <dd>{carrier ? read(carrier.name) : t('own')}</dd>
      {vehicle && (
        <>
          <dt>{t('vehicle')}</dt>
          <dd>{vehicle}</dd>
        </>
      )}
      <Pallets despatch={despatch} />
      <dd className="facts-wide">
        <a href={addressOf('despatch.document', { id })} download={`${number}.xml`}>
          {t('ubl')}
        </a>
      </dd>
      {note && <dd className="facts-wide">{note}</dd>}
    </dl>
  );
}

/** The pallets by their numbers; whoever sends them prints their labels here. */
function Pallets({ despatch }: { despatch: Despatch }) {
  const t = useGoodsTexts();
  const productName = useProductName();
  const { party } = useSession();
  const labelOf = usePalletLabel(despatch);
  return despatch.lines.map((line) => {
    const { sscc, line_no } = line;
    if (sscc === null) return null;
    return (
      <Fragment key={line_no}>
        <dt>{t('sscc')}</dt>
        <dd>
          <span className="row">
            {sscc}
            {despatch.seller.id === party.id && (
              <a href={labelOf(line, sscc)} download={`${sscc}.pdf`}>
                {t('print_label')}
              </a>
            )}
          </span>
          <span className="muted small">{productName(line)}</span>
        </dd>
      </Fragment>
    );
  });
}

type Line = Despatch['lines'][number];

function Goods({ despatch }: { despatch: Despatch }) {
  const columns = useColumns(despatch.state === 'received');
  return (
    <Rows
      columns={columns}
      rows={despatch.lines}
      rowKey={({ line_no }) => String(line_no)}
      isLate={({ short, damaged, turned_away }) =>
        [short, damaged, turned_away].some((amount) => Number(amount) > 0)
      }
    />
  );
}

function useColumns(arrived: boolean): Column<Line>[] {
  const t = useGoodsTexts();
  const format = useFormat();
  const productName = useProductName();
  const outcome = (line: Line) => {
    if (!arrived) return t('outcome_waiting');
    const poor = (['short', 'damaged', 'turned_away'] as const).filter(
      (what) => Number(line[what]) > 0,
    );
    if (poor.length === 0) return t('outcome_full');
    return poor
      .map((what) => t(`outcome_${what}`, { quantity: format.quantity(line[what], line.unit) }))
      .join(' · ');
  };
  const isPoor = (line: Line) => arrived && Number(line.accepted) < Number(line.quantity);
  return [
    { id: 'item', label: t('item'), card: 'title', cell: (line) => productName(line) },
    {
      id: 'quantity',
      label: t('quantity'),
      figure: true,
      card: 'aside',
      cell: (line) => format.quantity(line.quantity, line.unit),
    },
    { id: 'lot', label: t('lot'), cell: ({ lot }) => lot ?? t('no_lot') },
    {
      id: 'best_before',
      label: t('best_before'),
      figure: true,
      cell: ({ best_before }) => (best_before ? format.date(best_before) : '–'),
    },
    {
      id: 'outcome',
      label: t('outcome'),
      figure: true,
      cell: (line) => <span className={isPoor(line) ? 'late' : ''}>{outcome(line)}</span>,
    },
  ];
}

function LoseForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useGoodsTexts();
  const [reason, setReason] = useState('');
  const lose = useCommand('despatch.lose', () => {
    sayDone(t('lost_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('lose')}
      danger
      busy={lose.isPending}
      error={lose.error}
      disabled={!reason.trim()}
      onSubmit={() => lose.mutate({ params: { id }, body: { reason: reason.trim() } })}
    >
      <p className="muted">{t('lose_hint')}</p>
      <TextArea label={t('lose_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
