import { type FormEvent, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import type { Order } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import { useOrderTexts } from './texts.ts';

/** What the two sides said to each other about the order. */
export function Messages({ order }: { order: Order }) {
  const t = useOrderTexts();
  const format = useFormat();
  const may = useMay();
  const list = useApi('message.list', { params: { id: order.id } });
  const items = list.data?.items ?? [];
  return (
    <Card title={t('messages')}>
      <div className="stack">
        {list.isError && <ProblemNotice error={list.error} />}
        {list.isSuccess && items.length === 0 && <p className="muted">{t('messages_none')}</p>}
        {items.length > 0 && (
          <ol className="stack-tight">
            {items.map(({ id, author_name, text, written_at }) => (
              <li key={id} className="message">
                <p className="muted small">
                  {author_name} · {format.instant(written_at)}
                </p>
                <p>{text}</p>
              </li>
            ))}
          </ol>
        )}
        {may('commerce.message.write') && <Write id={order.id} />}
      </div>
    </Card>
  );
}

function Write({ id }: { id: string }) {
  const t = useOrderTexts();
  const [text, setText] = useState('');
  const write = useCommand('message.write', () => setText(''));
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim()) write.mutate({ params: { id }, body: { text: text.trim() } });
  }
  return (
    <form className="message-form" onSubmit={submit}>
      <TextField label={t('write')} value={text} onChange={setText} maxLength={2000} />
      <Button type="submit" busy={write.isPending} disabled={!text.trim()}>
        {t('send')}
      </Button>
      {write.isError && <ProblemNotice error={write.error} />}
    </form>
  );
}
