import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Progress } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { CheckedDocument } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import type { Search } from '../kernel/search.ts';
import { Page } from '../shell/Page.tsx';
import { FileDrop } from './FileDrop.tsx';
import { Preview } from './Preview.tsx';
import { asDocument, asSheet } from './sheet-preview.ts';
import { useDocumentTexts } from './texts.ts';
import '../table/table.css';
import './documents.css';

/** A document is checked first; it is sent when its preview was seen. */
export function NewDocumentPage() {
  const t = useDocumentTexts();
  const { replaces } = useSearch({ strict: false }) as Search;
  const [file, setFile] = useState<File>();
  const check = useCommand('document.check');

  function choose(chosen: File) {
    const document = asDocument(chosen);
    setFile(document);
    check.mutate({ query: {}, file: document });
  }

  return (
    <Page title={t('send_new')} back="/documents">
      <Card className="narrow">
        <div className="stack">
          <FileDrop onFile={choose} />
          {file && <Chosen file={file} />}
          {check.isPending && <Progress done={0} label={t('checking')} />}
          {check.isError && <ProblemNotice error={check.error} />}
          {check.isSuccess && file && <Preview checked={check.data} />}
          {check.isSuccess && file && (
            <Send file={file} checked={check.data} {...(replaces ? { replaces } : {})} />
          )}
        </div>
      </Card>
    </Page>
  );
}

const KILOBYTE = 1024;

function Chosen({ file }: { file: File }) {
  const t = useDocumentTexts();
  const format = useFormat();
  const size = `${format.count(Math.max(1, Math.round(file.size / KILOBYTE)))} kB`;
  return <p className="muted">{t('chosen', { name: file.name, size })}</p>;
}

type SendProps = { file: File; checked: CheckedDocument; replaces?: string };

function Send({ file, checked, replaces }: SendProps) {
  const t = useDocumentTexts();
  const navigate = useNavigate();
  const send = useCommand('document.send', async ({ id, state }) => {
    sayDone(t(state === 'applied' ? 'applied_done' : 'kept_done'));
    await navigate({ to: `/documents/${id}` });
  });
  const sheet = asSheet(checked.body);
  const good = sheet?.good_rows.length ?? 0;
  const wrong = checked.errors.length > 0 || (sheet?.errors.length ?? 0) > 0;
  const post = (goodOnly: boolean) =>
    send.mutate({
      query: {
        ...(goodOnly ? { take_good_rows: 'true' } : {}),
        ...(replaces ? { replaces_id: replaces } : {}),
      },
      file,
    });
  return (
    <div className="stack">
      {send.isError && <ProblemNotice error={send.error} />}
      {send.isError && <p className="late">{t('refused_done')}</p>}
      <div className="row">
        {wrong && good > 0 ? (
          <Button kind="primary" busy={send.isPending} onClick={() => post(true)}>
            {t('send_good', { count: good })}
          </Button>
        ) : (
          <Button
            kind={wrong ? 'plain' : 'primary'}
            busy={send.isPending}
            onClick={() => post(false)}
          >
            {t('send')}
          </Button>
        )}
      </div>
    </div>
  );
}
