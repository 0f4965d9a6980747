import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../controls/Card.tsx';
import { TextField } from '../controls/Field.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { ConsumerPage } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { nameOf } from '../kernel/parties.ts';
import { useMay } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { Addresses, useLookAt } from './Addresses.tsx';
import { SharingForm } from './SharingForm.tsx';
import { useConsumerTexts } from './texts.ts';
import { Warnings } from './Warnings.tsx';
import '../identity/identity.css';
import './consumer.css';

const BACK = '/settings?tab=products';

/** What whoever scans a product of the reader's sees, and what the reader lets them see. */
export function ScanPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useConsumerTexts();
  const found = useApi('consumer_page.get', { params: { product_id: id } });
  if (found.data?.product_id === id) return <OneProduct key={id} page={found.data} />;
  return (
    <Page title={t('title')} back={BACK}>
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={8} />}
    </Page>
  );
}

function OneProduct({ page }: { page: ConsumerPage }) {
  const t = useConsumerTexts();
  const read = useBilingual();
  const lookAt = useLookAt(page);
  const { gtin, is_shared, owns_gtin, changed_at } = page;
  return (
    <Page
      title={read(nameOf(page))}
      back={BACK}
      subtitle={[t('title'), ...(gtin === null ? [] : [`GTIN ${gtin}`])].join(' · ')}
      tools={
        gtin !== null &&
        changed_at !== null && (
          <a className="button is-plain is-medium" href={lookAt()} target="_blank" rel="noreferrer">
            {t(is_shared ? 'open_product' : 'preview')}
          </a>
        )
      }
      notice={
        gtin === null ? (
          <Notice tone="caution">{t('no_gtin')}</Notice>
        ) : (
          <Notice tone="plain">{t(is_shared ? 'shared' : 'withheld')}</Notice>
        )
      }
    >
      {gtin !== null && !owns_gtin && <PrefixCard gtin={gtin} />}
      {gtin !== null && (
        <div className="scan-columns">
          <SharingForm key={page.changed_at ?? ''} page={page} />
          <div className="stack">
            <Addresses page={page} />
            <Warnings product_id={page.product_id} />
          </div>
        </div>
      )}
    </Page>
  );
}

/** Nobody may speak for a code that is not theirs: the prefix shows whose it is. */
function PrefixCard({ gtin }: { gtin: string }) {
  const t = useConsumerTexts();
  const may = useMay();
  const [prefix, setPrefix] = useState('');
  const register = useCommand('company_prefix.register', () => sayDone(t('prefix_done')));
  return (
    <Card title={t('prefix')}>
      <p>{t('no_prefix', { gtin })}</p>
      {may('goods.prefix.register') && (
        <StepForm
          submit={t('prefix_register')}
          busy={register.isPending}
          error={register.error}
          disabled={!/^\d{4,12}$/.test(prefix.trim())}
          onSubmit={() => register.mutate({ body: { prefix: prefix.trim() } })}
        >
          <TextField
            label={t('prefix')}
            hint={t('prefix_hint')}
            inputMode="numeric"
            value={prefix}
            onChange={setPrefix}
          />
        </StepForm>
      )}
    </Card>
  );
}
