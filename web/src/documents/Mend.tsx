import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../controls/Card.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Document } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useDocumentTexts } from './texts.ts';

/** Past this a text is mended in a program made for it. */
const MOST_CHARACTERS = 200_000;
const EDITOR_ROWS = 16;

/** A refused document, mended here or by a new file; what is sent takes its place. */
export function Mend({ document }: { document: Document }) {
  const t = useDocumentTexts();
  const isText = document.format !== 'xlsx';
  const original = useQuery({
    queryKey: ['document.original', document.id],
    enabled: isText,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const address = addressOf('document.original', { id: document.id });
      const response = await fetch(address, { signal });
      return response.ok ? response.text() : '';
    },
  });
  const text = original.data ?? '';
  return (
    <Card title={t('mend')} note={t('mend_hint')}>
      <div className="stack">
        {isText && original.isPending && <Skeleton rows={5} />}
        {text !== '' && text.length <= MOST_CHARACTERS && (
          <Editor document={document} text={text} />
        )}
        <div>
          <Link
            to="/documents/new"
            search={{ replaces: document.id } as never}
            className="button is-plain is-medium"
          >
            {t('resend_file')}
          </Link>
        </div>
      </div>
    </Card>
  );
}

function Editor({ document, text }: { document: Document; text: string }) {
  const t = useDocumentTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(text);
  const send = useCommand('document.send', async ({ id, state }) => {
    sayDone(t(state === 'applied' ? 'applied_done' : 'kept_done'));
    await navigate({ to: `/documents/${id}` });
  });
  const name = document.file_name ?? (document.format === 'csv' ? 'mended.csv' : 'mended.xml');
  const type = document.format === 'csv' ? 'text/csv' : 'application/xml';
  return (
    <StepForm
      submit={t('resend')}
      busy={send.isPending}
      error={send.error}
      disabled={typed === text}
      onSubmit={() =>
        send.mutate({
          query: { replaces_id: document.id },
          file: new File([typed], name, { type }),
        })
      }
    >
      <TextArea label={t('content')} value={typed} rows={EDITOR_ROWS} onChange={setTyped} />
    </StepForm>
  );
}
