import { useMay } from '../kernel/session.ts';
import { Rights } from '../rights/Rights.tsx';
import { Page } from '../shell/Page.tsx';
import { Tabs, useTab } from '../shell/Tabs.tsx';
import { useShellTexts } from '../shell/texts.ts';
import { Webhooks } from '../webhooks/Webhooks.tsx';
import { Agreements } from './Agreements.tsx';
import { Keys } from './Keys.tsx';
import { People } from './People.tsx';
import { Places } from './Places.tsx';
import { Products } from './Products.tsx';
import { Security } from './Security.tsx';
import { SignInRule } from './SignInRule.tsx';
import { useIdentityTexts } from './texts.ts';
import './identity.css';

const PARTS = [
  'people',
  'keys',
  'webhooks',
  'products',
  'agreements',
  'places',
  'rights',
  'security',
] as const;
/** Parts that are not for every seat. */
const ASKS: Partial<Record<(typeof PARTS)[number], string>> = {
  keys: 'identity.key.read',
  webhooks: 'kernel.webhook.inspect',
};

/** The reader's own party: who works in it, what it sells, where; and the reader's own account. */
export function SettingsPage() {
  const t = useIdentityTexts();
  const shell = useShellTexts();
  const may = useMay();
  const shown = PARTS.filter((part) => {
    const permission = ASKS[part];
    return permission === undefined || may(permission);
  });
  const tabs = shown.map((id) => ({ id, label: t(id) }));
  const tab = useTab(tabs);
  return (
    <Page title={shell('settings')}>
      <Tabs label={t('parts')} tabs={tabs} />
      {tab === 'people' && (
        <>
          <People />
          <SignInRule />
        </>
      )}
      {tab === 'keys' && <Keys />}
      {tab === 'webhooks' && <Webhooks />}
      {tab === 'products' && <Products />}
      {tab === 'agreements' && <Agreements />}
      {tab === 'places' && <Places />}
      {tab === 'rights' && <Rights />}
      {tab === 'security' && <Security />}
    </Page>
  );
}
