import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { AccountGuard, IdentityLink, IdentityProvider } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { goToProvider } from '../kernel/provider.ts';
import { EntryProblem } from '../shell/EntryProblem.tsx';
import { Proven } from './Proven.tsx';
import { useSecurityTexts } from './security-texts.ts';

const HERE = '/settings?tab=security';

/** Accounts at the identity providers of this installation; nothing where it has none. */
export function ProviderSetting({ guard }: { guard: AccountGuard }) {
  const t = useSecurityTexts();
  const read = useBilingual();
  const offered = useApi('session.providers', {}).data?.items ?? [];
  const [adding, setAdding] = useState<IdentityProvider>();
  const [removing, setRemoving] = useState<IdentityLink>();
  const { links } = guard;
  if (offered.length === 0 && links.length === 0) return null;
  return (
    <Card title={t('providers')}>
      <p className="muted small">{t('providers_hint')}</p>
      <ul className="setting-rows">
        {links.map((link) => (
          <LinkRow key={link.id} link={link} offered={offered} onRemove={() => setRemoving(link)} />
        ))}
        {offered.map((provider) => (
          <li key={provider.id} className="setting-row">
            <span className="strong">{read(provider.name)}</span>
            <Button size="small" icon="plus" onClick={() => setAdding(provider)}>
              {t('provider_link')}
            </Button>
          </li>
        ))}
      </ul>
      <Drawer
        open={adding !== undefined}
        title={t('provider_link')}
        onClose={() => setAdding(undefined)}
      >
        <Proven guard={guard}>{adding && <AddLink provider={adding} />}</Proven>
      </Drawer>
      <Drawer
        open={removing !== undefined}
        title={t('provider_unlink')}
        onClose={() => setRemoving(undefined)}
      >
        <Proven guard={guard}>
          {removing && <RemoveLink link={removing} onDone={() => setRemoving(undefined)} />}
        </Proven>
      </Drawer>
    </Card>
  );
}

type RowProps = {
  link: IdentityLink;
  offered: readonly IdentityProvider[];
  onRemove: () => void;
};

function LinkRow({ link, offered, onRemove }: RowProps) {
  const t = useSecurityTexts();
  const format = useFormat();
  const read = useBilingual();
  const provider = offered.find(({ issuer }) => issuer === link.issuer);
  const where = provider ? read(provider.name) : link.issuer;
  const used = link.used_at ? t('used', { date: format.instant(link.used_at) }) : t('unused');
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{link.label}</span>
        <span className="muted small">
          {[where, t('since', { date: format.dateOf(link.created_at) }), used].join(' · ')}
        </span>
      </span>
      <Button size="small" onClick={onRemove}>
        {t('provider_unlink')}
      </Button>
    </li>
  );
}

function AddLink({ provider }: { provider: IdentityProvider }) {
  const t = useSecurityTexts();
  const read = useBilingual();
  const name = read(provider.name);
  const go = useMutation({
    mutationFn: async () => {
      const { ticket } = await ask('account.visit_provider', { body: { provider: provider.id } });
      return goToProvider(ticket, HERE);
    },
  });
  return (
    <StepForm
      submit={t('provider_go', { name })}
      busy={go.isPending}
      error={null}
      onSubmit={() => go.mutate()}
    >
      <p className="muted">{t('provider_go_hint', { name })}</p>
      <EntryProblem error={go.error} />
    </StepForm>
  );
}

function RemoveLink({ link, onDone }: { link: IdentityLink; onDone: () => void }) {
  const t = useSecurityTexts();
  const remove = useCommand('account.remove_provider', () => {
    sayDone(t('provider_unlinked'));
    onDone();
  });
  return (
    <StepForm
      danger
      submit={t('provider_unlink')}
      busy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate({ params: { id: link.id } })}
    >
      <p className="muted">{t('provider_unlink_hint', { label: link.label })}</p>
    </StepForm>
  );
}
