import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Person } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { EndDrawer } from './EndDrawer.tsx';
import { useGateTexts } from './gate-texts.ts';
import { useColleagueGuards } from './SignInRule.tsx';
import { useIdentityTexts } from './texts.ts';

const ROLES = ['trade', 'goods', 'finance', 'viewer', 'admin'] as const;

export function People() {
  const t = useIdentityTexts();
  const may = useMay();
  const { user, factor } = useSession();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Person>();
  const people = useApi('person.list', {});
  const gate = useGateTexts();
  const guards = useColleagueGuards();
  const guardOf = (id: string) => {
    const has = guards?.get(id);
    if (has === undefined) return null;
    const alarms = !has && factor.required_from !== null;
    return <span className={alarms ? 'late' : undefined}>{gate(has ? 'has' : 'has_none')}</span>;
  };
  const end = useCommand('person.end', () => {
    sayDone(t('person_ended'));
    setEnding(undefined);
  });
  return (
    <Card
      title={t('people')}
      action={
        may('identity.person.create') && (
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            {t('add_person')}
          </Button>
        )
      }
    >
      {people.isError && <ProblemNotice error={people.error} />}
      {people.isPending && <Skeleton rows={3} />}
      <ul className="setting-rows">
        {people.data?.items.map((person) => (
          <li key={person.id} className="setting-row">
            <span className="stack-tight is-close">
              <span className="strong">{person.name || t('erased_person')}</span>
              <span className="muted small">
                {person.login}
                {guards?.has(person.id) && ' · '}
                {guardOf(person.id)}
              </span>
            </span>
            <Tag>{person.ended ? t('ended') : t(`seat_${person.role}`)}</Tag>
            {!person.ended && person.id !== user.id && may('identity.person.end') && (
              <Button size="small" onClick={() => setEnding(person)}>
                {t('end_person')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Drawer open={adding} title={t('add_person')} onClose={() => setAdding(false)}>
        <PersonForm onDone={() => setAdding(false)} />
      </Drawer>
      <EndDrawer
        title={`${t('end_person')} · ${ending?.name ?? ''}`}
        open={ending !== undefined}
        hint={t('end_person_hint')}
        submit={t('end_person')}
        busy={end.isPending}
        error={end.error}
        onClose={() => setEnding(undefined)}
        onEnd={() => ending && end.mutate({ params: { id: ending.id } })}
      />
    </Card>
  );
}

function PersonForm({ onDone }: { onDone: () => void }) {
  const t = useIdentityTexts();
  const [entry, setEntry] = useState({ name: '', login: '', password: '', role: 'trade' });
  const create = useCommand('person.create', () => {
    sayDone(t('person_done'));
    onDone();
  });
  const role = ROLES.find((one) => one === entry.role) ?? 'trade';
  return (
    <StepForm
      submit={t('add_person')}
      busy={create.isPending}
      error={create.error}
      disabled={!entry.name.trim() || !entry.login.trim() || !entry.password}
      onSubmit={() => create.mutate({ body: { ...entry, role } })}
    >
      <TextField
        label={t('name')}
        value={entry.name}
        onChange={(name) => setEntry({ ...entry, name })}
      />
      <TextField
        label={t('login')}
        hint={t('login_hint')}
        value={entry.login}
        autoCapitalize="none"
        autoComplete="off"
        onChange={(login) => setEntry({ ...entry, login })}
      />
      <TextField
        label={t('password')}
        hint={t('password_hint')}
        type="password"
        autoComplete="new-password"
        value={entry.password}
        onChange={(password) => setEntry({ ...entry, password })}
      />
      <SelectField
        label={t('role')}
        options={ROLES.map((value) => ({ value, label: t(`seat_${value}`) }))}
        value={role}
        onChange={(next) => setEntry({ ...entry, role: next })}
      />
    </StepForm>
  );
}
