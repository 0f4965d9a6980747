import { useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { Notice } from '../../controls/Notice.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { CopyText } from '../../identity/CopyText.tsx';
import { joinLink } from '../../identity/join-link.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { ROLES } from './roles.ts';
import { useChainTexts } from './texts.ts';

const EMPTY = { name_zh: '', name_en: '', uscc: '', region_code: '', role: 'supplier' };
const REGION = /^\d{6}$/;

/** Invites a firm; the link is given once, in the place of the form. */
export function InviteForm() {
  const t = useChainTexts();
  const [entry, setEntry] = useState(EMPTY);
  const invite = useCommand('invitation.create');
  const set = (change: Partial<typeof EMPTY>) => setEntry({ ...entry, ...change });
  const role = ROLES.find((one) => one === entry.role) ?? 'supplier';
  const region = entry.region_code.trim();
  if (invite.data) {
    const link = joinLink(location.origin, invite.data.token);
    return (
      <div className="stack">
        <Notice tone="plain">{t('invited_done')}</Notice>
        <CopyText text={link} />
        <p className="muted">{t('invite_hint')}</p>
      </div>
    );
  }
  return (
    <StepForm
      submit={t('invite')}
      busy={invite.isPending}
      error={invite.error}
      disabled={!entry.name_zh.trim() || (region !== '' && !REGION.test(region))}
      onSubmit={() =>
        invite.mutate({
          body: {
            name_zh: entry.name_zh.trim(),
            roles: [role],
            ...(entry.name_en.trim() ? { name_en: entry.name_en.trim() } : {}),
            ...(entry.uscc.trim() ? { uscc: entry.uscc.trim() } : {}),
            ...(region ? { region_code: region } : {}),
          },
        })
      }
    >
      <p className="muted">{t('invite_hint')}</p>
      <TextField
        label={t('party_name')}
        value={entry.name_zh}
        onChange={(name_zh) => set({ name_zh })}
      />
      <TextField
        label={t('party_name_en')}
        optional
        value={entry.name_en}
        onChange={(name_en) => set({ name_en })}
      />
      <SelectField
        label={t('role')}
        options={ROLES.map((value) => ({ value, label: t(`role_${value}`) }))}
        value={role}
        onChange={(next) => set({ role: next })}
      />
      <TextField label={t('code')} optional value={entry.uscc} onChange={(uscc) => set({ uscc })} />
      <TextField
        label={t('region')}
        hint={t('region_hint')}
        optional
        inputMode="numeric"
        value={entry.region_code}
        onChange={(region_code) => set({ region_code })}
      />
    </StepForm>
  );
}
