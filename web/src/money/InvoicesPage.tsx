import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { useMay } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { Tabs, useTab } from '../shell/Tabs.tsx';
import { useShellTexts } from '../shell/texts.ts';
import { Ageing } from './Ageing.tsx';
import { BankMatches } from './BankMatches.tsx';
import { PayAnyone } from './PayAnyone.tsx';
import { PaymentList } from './PaymentList.tsx';
import { ReceivableList } from './ReceivableList.tsx';
import { useMoneyTexts } from './texts.ts';
import './money.css';

const PARTS = ['receivables', 'payables', 'payments', 'ageing', 'bank'] as const;

/** What is owed both ways with its clocks, what was paid, how late, and the bank's word on it. */
export function InvoicesPage() {
  const t = useMoneyTexts();
  const shell = useShellTexts();
  const may = useMay();
  const [paying, setPaying] = useState(false);
  const tabs = PARTS.map((id) => ({ id, label: t(id) }));
  const tab = useTab(tabs);
  const pay = may('money.payment.record') && (
    <Button kind="primary" onClick={() => setPaying(true)}>
      {t('pay')}
    </Button>
  );
  return (
    <Page title={shell('invoices')} action={tab !== 'bank' && pay}>
      <Tabs label={t('parts')} tabs={tabs} />
      {tab === 'receivables' && <ReceivableList key="seller" side="seller" />}
      {tab === 'payables' && <ReceivableList key="buyer" side="buyer" />}
      {tab === 'payments' && <PaymentList />}
      {tab === 'ageing' && <Ageing />}
      {tab === 'bank' && <BankMatches />}
      <Drawer open={paying} title={t('pay')} onClose={() => setPaying(false)}>
        <PayAnyone onDone={() => setPaying(false)} />
      </Drawer>
    </Page>
  );
}
