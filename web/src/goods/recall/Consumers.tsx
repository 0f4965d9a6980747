import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { WarningForm } from '../../consumer/WarningForm.tsx';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { RecallProduct } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useRecallTexts } from './texts.ts';

const LOTS_SHOWN = 8;

/** Own products of a recall that consumers scan: whether they were told what to do. */
export function Consumers({ id, isOpen }: { id: string; isOpen: boolean }) {
  const t = useRecallTexts();
  const found = useApi('recall.products', { params: { id } });
  const [telling, setTelling] = useState<RecallProduct | null>(null);
  const columns = useColumns(isOpen, setTelling);
  const items = found.data?.items ?? [];
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (items.length === 0) return null;
  const close = () => setTelling(null);
  return (
    <Card title={t('consumers')} note={t('consumers_note')}>
      <Rows columns={columns} rows={items} rowKey={({ product_id }) => product_id} />
      <Drawer open={telling !== null} title={t('tell_consumers')} onClose={close}>
        {telling && (
          <WarningForm product_id={telling.product_id} lots={telling.untold} onDone={close} />
        )}
      </Drawer>
    </Card>
  );
}

function useColumns(
  isOpen: boolean,
  onTell: (product: RecallProduct) => void,
): Column<RecallProduct>[] {
  const t = useRecallTexts();
  const read = useBilingual();
  const may = useMay();
  const mayTell = isOpen && may('consumer.warning.publish');
  return [
    {
      ...{ id: 'product', label: t('product'), card: 'title' },
      cell: ({ product_id, name_zh, name_en }) => (
        <Link to={`/products/${product_id}`}>{read({ zh: name_zh, en: name_en })}</Link>
      ),
    },
    {
      ...{ id: 'told', label: t('state'), card: 'aside' },
      cell: ({ is_told, is_shared }) => {
        if (is_told) return <Tag>{t('is_told')}</Tag>;
        return <Tag tone="waiting">{t(is_shared ? 'not_told' : 'no_page')}</Tag>;
      },
    },
    { id: 'untold', label: t('untold'), cell: (product) => <Untold product={product} /> },
    {
      ...{ id: 'tell', label: '' },
      cell: (product) =>
        mayTell &&
        product.is_shared &&
        !product.is_told && (
          <Button size="small" onClick={() => onTell(product)}>
            {t('tell_consumers')}
          </Button>
        ),
    },
  ];
}

function Untold({ product }: { product: RecallProduct }) {
  const t = useRecallTexts();
  const { untold, untold_count, has_unnamed, is_told } = product;
  if (is_told) return '—';
  const beyond = untold_count - LOTS_SHOWN;
  return (
    <>
      {untold.slice(0, LOTS_SHOWN).join(' ')}
      {beyond > 0 && ` ${t('untold_more', { count: beyond })}`}
      {has_unnamed && <span className="muted small"> {t('untold_unnamed')}</span>}
    </>
  );
}
