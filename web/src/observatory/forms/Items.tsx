import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import type { FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { ItemEditor } from './ItemEditor.tsx';
import { Listed } from './Listed.tsx';
import { freeName, moved, replaced, without } from './listed.ts';
import { useFormTexts } from './texts.ts';
import type { Faults } from './use-check.ts';
import type { Edit } from './use-draft.ts';
import { useItemWords } from './words.ts';

type Item = FormDraftContent['items'][number];

export const MOST_ITEMS = 200;
const NEW_ITEM: Item = {
  code: '',
  name: { zh: '', en: '' },
  kind: 'amount',
  unit: null,
  choices: [],
  is_required: true,
  takes_interval: false,
  source: null,
  prefill: null,
};

type Props = { content: FormDraftContent; edit: Edit; faults: Faults };

/** The items of a form in their order; each is edited in a sheet of its own. */
export function Items({ content, edit, faults }: Props) {
  const t = useFormTexts();
  const [open, setOpen] = useState<number | null>(null);
  const { items } = content;
  const shown = open === null ? undefined : items[open];
  const add = (item: Item, at: number) => {
    edit({ items: items.toSpliced(at, 0, item) });
    setOpen(at);
  };
  const code = freeName('item', codesOf(items));
  return (
    <Card
      title={t('tab_items')}
      action={
        <Button
          icon="plus"
          disabled={items.length >= MOST_ITEMS}
          onClick={() => add({ ...NEW_ITEM, code }, items.length)}
        >
          {t('add_item')}
        </Button>
      }
    >
      {items.length === 0 && <p className="muted">{t('no_items')}</p>}
      <ItemList {...{ items, edit, faults }} onOpen={setOpen} />
      <Drawer
        open={shown !== undefined}
        title={t('item_of', { number: (open ?? 0) + 1 })}
        onClose={() => setOpen(null)}
        footer={
          shown &&
          open !== null && (
            <Foot
              onDone={() => setOpen(null)}
              onCopy={() => add({ ...shown, code }, open + 1)}
              onRemove={() => {
                edit({ items: without(items, open) });
                setOpen(null);
              }}
            />
          )
        }
      >
        {shown && open !== null && (
          <ItemEditor
            key={open}
            item={shown}
            path={`items/${open}`}
            faults={faults}
            onChange={(item) => edit({ items: replaced(items, open, item) })}
          />
        )}
      </Drawer>
    </Card>
  );
}

const codesOf = (items: readonly Item[]) => items.map(({ code }) => code);

type ListProps = {
  items: readonly Item[];
  edit: Edit;
  faults: Faults;
  onOpen: (at: number) => void;
};

function ItemList({ items, edit, faults, onOpen }: ListProps) {
  const t = useFormTexts();
  const read = useBilingual();
  const words = useItemWords();
  return (
    <ol className="form-list">
      {items.map((item, at) => (
        <Listed
          // biome-ignore lint/suspicious/noArrayIndexKey: a code is empty, or twice, while typed
          key={at}
          title={read(item.name)}
          code={item.code}
          about={words.about(item)}
          tags={item.is_required && <span className="small">{t('required')}</span>}
          faults={faults.count(`items/${at}`)}
          isFirst={at === 0}
          isLast={at === items.length - 1}
          onOpen={() => onOpen(at)}
          onMove={(by) => edit({ items: moved(items, at, by) })}
        />
      ))}
    </ol>
  );
}

type FootProps = { onDone: () => void; onCopy?: () => void; onRemove: () => void };

/** The ways out of a sheet. */
export function Foot({ onDone, onCopy, onRemove }: FootProps) {
  const t = useFormTexts();
  return (
    <div className="row">
      <Button kind="primary" onClick={onDone}>
        {t('done')}
      </Button>
      {onCopy && <Button onClick={onCopy}>{t('duplicate')}</Button>}
      <Button kind="danger" onClick={onRemove}>
        {t('remove')}
      </Button>
    </div>
  );
}
