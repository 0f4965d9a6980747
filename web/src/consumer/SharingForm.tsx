import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { ConsumerPage } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useMay } from '../kernel/session.ts';
import { LinkRow } from './LinkRow.tsx';
import type { OwnLink } from './link-types.ts';
import { useConsumerTexts } from './texts.ts';

const PARTS = ['lots', 'dates', 'origin', 'journey', 'storage', 'epcis'] as const;
const DETAILS = ['none', 'region', 'name'] as const;
const BLANK: OwnLink = { type: 'certificationInfo', href: 'https://', title_zh: '' };

/** An entry with a key of its own: rows are removed from the middle. */
type Entry = { key: number; link: OwnLink };

/** What is shown, part by part, and the owner's own links. */
export function SharingForm({ page }: { page: ConsumerPage }) {
  const t = useConsumerTexts();
  const may = useMay();
  const [parts, setParts] = useState(page.parts ?? []);
  const [detail, setDetail] = useState(page.place_detail ?? 'region');
  const [entries, setEntries] = useState<readonly Entry[]>(
    page.links.map((link, key) => ({ key, link })),
  );
  const save = useCommand('consumer_page.save', ({ is_shared }) =>
    sayDone(
      t(is_shared === page.is_shared ? 'saved' : is_shared ? 'shared_done' : 'withheld_done'),
    ),
  );
  const send = (is_shared: boolean) => {
    const links = entries.map(({ link }) => link);
    const body = { is_shared, parts, place_detail: detail, links };
    save.mutate({ params: { product_id: page.product_id }, body });
  };
  const disabled = !may('consumer.page.change');
  return (
    <form
      className="stack scan-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(page.owns_gtin || page.is_shared);
      }}
    >
      <Card title={t('see')} note={t('see_note')}>
        <div className="stack">
          <Parts parts={parts} disabled={disabled} onChange={setParts} />
          <SelectField
            label={t('places')}
            options={DETAILS.map((value) => ({ value, label: t(`places_${value}`) }))}
            value={detail}
            disabled={disabled}
            onChange={(value) => setDetail(value as (typeof DETAILS)[number])}
          />
        </div>
      </Card>
      <Card title={t('links')} note={t('links_note')}>
        <Links entries={entries} onChange={setEntries} />
      </Card>
      {save.isError && <ProblemNotice error={save.error} />}
      {!disabled && (
        <div className="row">
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t(page.is_shared || !page.owns_gtin ? 'save' : 'share')}
          </Button>
          {page.is_shared && (
            <Button busy={save.isPending} onClick={() => send(false)}>
              {t('withhold')}
            </Button>
          )}
          {!page.is_shared && page.owns_gtin && (
            <Button busy={save.isPending} onClick={() => send(false)}>
              {t('save')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

type Part = (typeof PARTS)[number];
type PartsProps = {
  parts: readonly Part[];
  disabled: boolean;
  onChange: (parts: Part[]) => void;
};

function Parts({ parts, disabled, onChange }: PartsProps) {
  const t = useConsumerTexts();
  return (
    <ul className="scan-parts">
      {PARTS.map((part) => (
        <li key={part}>
          <label className="scan-part">
            <input
              type="checkbox"
              checked={parts.includes(part)}
              disabled={disabled}
              onChange={({ target }) =>
                onChange(
                  PARTS.filter((one) => (one === part ? target.checked : parts.includes(one))),
                )
              }
            />
            <span>
              {t(`part_${part}`)}
              <span className="muted small scan-hint">{t(`part_${part}_hint`)}</span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

type LinksProps = {
  entries: readonly Entry[];
  onChange: (entries: readonly Entry[]) => void;
};

function Links({ entries, onChange }: LinksProps) {
  const t = useConsumerTexts();
  // One default at most: the newest choice takes the others' place.
  const change = (key: number, link: OwnLink) =>
    onChange(
      entries.map((one) => {
        if (one.key === key) return { key, link };
        return link.is_default ? { ...one, link: { ...one.link, is_default: false } } : one;
      }),
    );
  const next = Math.max(-1, ...entries.map(({ key }) => key)) + 1;
  return (
    <div className="stack">
      {entries.map(({ key, link }) => (
        <LinkRow
          key={key}
          link={link}
          onChange={(changed) => change(key, changed)}
          onRemove={() => onChange(entries.filter((one) => one.key !== key))}
        />
      ))}
      <div>
        <Button
          size="small"
          icon="plus"
          onClick={() => onChange([...entries, { key: next, link: BLANK }])}
        >
          {t('add_link')}
        </Button>
      </div>
    </div>
  );
}
