import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { TextField } from '../controls/Field.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { ApiKey } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { CopyText } from './CopyText.tsx';
import { EndDrawer } from './EndDrawer.tsx';
import { RotationForm } from './RotationForm.tsx';
import { useIdentityTexts } from './texts.ts';

const LIVES = ['90', '365', 'never'] as const;

/** The instant that so many days lie ahead of, or nothing for a key without an end. */
const expiryOf = (life: (typeof LIVES)[number]) =>
  life === 'never'
    ? {}
    : { expires_at: new Date(Date.now() + Number(life) * 86_400_000).toISOString() };

const SCOPES = { all: '*.*.*', read: '*.*.read' } as const;

export function Keys() {
  const t = useIdentityTexts();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ApiKey>();
  const [turning, setTurning] = useState<ApiKey>();
  const keys = useApi('key.list', {});
  const revoke = useCommand('key.revoke', () => {
    sayDone(t('key_revoked_done'));
    setEnding(undefined);
  });
  const items = keys.data?.items ?? [];
  return (
    <Card
      title={t('keys')}
      action={
        may('identity.key.create') && (
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            {t('add_key')}
          </Button>
        )
      }
    >
      {keys.isError && <ProblemNotice error={keys.error} />}
      {keys.isPending && <Skeleton rows={3} />}
      {keys.isSuccess && items.length === 0 && (
        <Empty title={t('none_keys')}>{t('none_keys_more')}</Empty>
      )}
      <ul className="setting-rows">
        {items.map((key) => (
          <KeyRow
            key={key.id}
            apiKey={key}
            onRevoke={() => setEnding(key)}
            onRotate={() => setTurning(key)}
          />
        ))}
      </ul>
      <Drawer open={adding} title={t('add_key')} onClose={() => setAdding(false)}>
        <KeyForm />
      </Drawer>
      <Drawer
        open={turning !== undefined}
        title={`${t('rotate')} · ${turning?.name ?? ''}`}
        onClose={() => setTurning(undefined)}
      >
        {turning && <Rotation id={turning.id} />}
      </Drawer>
      <EndDrawer
        title={`${t('revoke')} · ${ending?.name ?? ''}`}
        open={ending !== undefined}
        hint={t('revoke_hint')}
        submit={t('revoke')}
        busy={revoke.isPending}
        error={revoke.error}
        onClose={() => setEnding(undefined)}
        onEnd={() => ending && revoke.mutate({ params: { id: ending.id } })}
      />
    </Card>
  );
}

type RowProps = { apiKey: ApiKey; onRevoke: () => void; onRotate: () => void };

function KeyRow({ apiKey, onRevoke, onRotate }: RowProps) {
  const t = useIdentityTexts();
  const format = useFormat();
  const may = useMay();
  const { name, prefix, scopes, created_at, used_at, expires_at, revoked_at } = apiKey;
  const say = (scope: string) => {
    if (scope === SCOPES.all) return t('key_all');
    return scope === SCOPES.read ? t('key_read') : scope;
  };
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">
          {name} <code className="muted small">{prefix}</code>
        </span>
        <span className="muted small">
          {[
            scopes.map(say).join('、'),
            `${t('key_created')} ${format.dateOf(created_at)}`,
            used_at ? t('key_used', { date: format.instant(used_at) }) : t('key_unused'),
            ...(expires_at ? [t('key_expires', { date: format.dateOf(expires_at) })] : []),
          ].join(' · ')}
        </span>
      </span>
      <Tag>{revoked_at ? t('key_revoked') : t('active')}</Tag>
      {!revoked_at && (
        <span className="setting-actions">
          {may('identity.key.rotate') && (
            <Button size="small" onClick={onRotate}>
              {t('rotate')}
            </Button>
          )}
          {may('identity.key.revoke') && (
            <Button size="small" onClick={onRevoke}>
              {t('revoke')}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

/** A new secret for a key; the old one lives on while the systems that use it are moved. */
function Rotation({ id }: { id: string }) {
  const t = useIdentityTexts();
  const rotate = useCommand('key.rotate');
  if (rotate.data) {
    return (
      <div className="stack">
        <Notice tone="caution">{t('key_once')}</Notice>
        <CopyText text={rotate.data.key} />
      </div>
    );
  }
  return (
    <RotationForm
      t={t}
      busy={rotate.isPending}
      error={rotate.error}
      onRotate={(overlap_hours) => rotate.mutate({ params: { id }, body: { overlap_hours } })}
    />
  );
}

/** The text of a key is given once; the sheet then shows it instead of the form. */
function KeyForm() {
  const t = useIdentityTexts();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<keyof typeof SCOPES>('read');
  const [life, setLife] = useState<(typeof LIVES)[number]>('365');
  const create = useCommand('key.create');
  if (create.data) {
    return (
      <div className="stack">
        <Notice tone="caution">{t('key_once')}</Notice>
        <CopyText text={create.data.key} />
      </div>
    );
  }
  return (
    <StepForm
      submit={t('add_key')}
      busy={create.isPending}
      error={create.error}
      disabled={!name.trim()}
      onSubmit={() =>
        create.mutate({
          body: { name: name.trim(), scopes: [SCOPES[scope]], ...expiryOf(life) },
        })
      }
    >
      <TextField label={t('key_name')} value={name} onChange={setName} />
      <Choice
        label={t('key_scopes')}
        hideLabel={false}
        options={[
          { value: 'read', label: t('key_read') },
          { value: 'all', label: t('key_all') },
        ]}
        value={scope}
        onChange={setScope}
      />
      <Choice
        label={t('key_life')}
        hideLabel={false}
        options={LIVES.map((value) => ({ value, label: t(`life_${value}`) }))}
        value={life}
        onChange={setLife}
      />
    </StepForm>
  );
}
