import { Page } from '../../shell/Page.tsx';
import { Tabs, useTab } from '../../shell/Tabs.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { Flows } from './Flows.tsx';
import { Invitations } from './Invitations.tsx';
import { Members } from './Members.tsx';
import { PlaceMap } from './PlaceMap.tsx';
import { Sharing } from './Sharing.tsx';
import { useChainTexts } from './texts.ts';
import './chain.css';

const PARTS = ['flows', 'map', 'members', 'invitations', 'sharing'] as const;

/** Who trades with whom, where they are, who belongs to the chain, and who sees whose data. */
export function ChainPage() {
  const t = useChainTexts();
  const shell = useShellTexts();
  const tabs = PARTS.map((id) => ({ id, label: t(id) }));
  const tab = useTab(tabs);
  return (
    <Page title={shell('chain')}>
      <Tabs label={t('parts')} tabs={tabs} />
      {tab === 'flows' && <Flows />}
      {tab === 'map' && <PlaceMap />}
      {tab === 'members' && <Members />}
      {tab === 'invitations' && <Invitations />}
      {tab === 'sharing' && <Sharing />}
    </Page>
  );
}
