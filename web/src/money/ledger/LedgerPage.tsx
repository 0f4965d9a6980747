import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { useApi } from '../../kernel/api/use-api.ts';
import { useMay } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import { Tabs, useTab } from '../../shell/Tabs.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { Balances } from './Balances.tsx';
import { EntryForm } from './EntryForm.tsx';
import { EntryList } from './EntryList.tsx';
import { useLedgerTexts } from './texts.ts';
import './ledger.css';

const PARTS = ['balances', 'entries', 'checks'] as const;

/** The party's own books, which trade keeps by itself. */
export function LedgerPage() {
  const t = useLedgerTexts();
  const shell = useShellTexts();
  const may = useMay();
  const [posting, setPosting] = useState(false);
  const tabs = PARTS.map((id) => ({ id, label: t(id) }));
  const tab = useTab(tabs);
  return (
    <Page
      title={shell('ledger')}
      action={
        tab === 'entries' &&
        may('money.entry.post') && <Button onClick={() => setPosting(true)}>{t('post')}</Button>
      }
    >
      <Tabs label={t('parts')} tabs={tabs} />
      {tab === 'balances' && <Balances />}
      {tab === 'entries' && <EntryList />}
      {tab === 'checks' && <Checks />}
      <Drawer open={posting} title={t('post')} onClose={() => setPosting(false)}>
        <EntryForm onDone={() => setPosting(false)} />
      </Drawer>
    </Page>
  );
}

/** The books held against each other: nothing found is the good answer. */
function Checks() {
  const t = useLedgerTexts();
  const found = useApi('ledger.reconcile', {});
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data) return <Skeleton rows={3} />;
  const { items } = found.data;
  if (items.length === 0) {
    return (
      <Card>
        <Empty title={t('sound')}>{t('sound_more')}</Empty>
      </Card>
    );
  }
  return (
    <Card>
      <div className="stack">
        <Notice tone="late">{t('unsound', { count: items.length })}</Notice>
        <ul className="stack-tight">
          {items.map((item) => (
            <li key={`${item.rule}${item.subject}`}>
              {t('finding', { rule: item.rule, expected: item.expected, found: item.found })}
              <span className="muted small"> {item.subject}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
