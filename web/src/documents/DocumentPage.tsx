import { Link, useParams } from '@tanstack/react-router';
import { Card } from '../controls/Card.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { Document } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { Mend } from './Mend.tsx';
import { Problems } from './Problems.tsx';
import { useDocumentTexts } from './texts.ts';
import './documents.css';
import '../trade/order/order.css';

/** One document: what is wrong with it and how to mend it, or what became of it. */
export function DocumentPage() {
  const t = useDocumentTexts();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useApi('document.get', { params: { id } });
  if (found.data?.id === id) return <OneDocument key={id} document={found.data} />;
  return (
    <Page title={t('document', { number: '' })} back="/documents">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </Page>
  );
}

function OneDocument({ document }: { document: Document }) {
  const t = useDocumentTexts();
  const may = useMay();
  const { party } = useSession();
  const { number, file_name, kind, state, errors, warnings, replaced_by_id } = document;
  const refused = state === 'refused';
  const mends =
    refused && !replaced_by_id && document.owner_id === party.id && may('trade.document.send');
  return (
    <Page
      title={t('document', { number: number ?? file_name ?? t('no_number') })}
      back="/documents"
      subtitle={
        <span className="row">
          {t(`kind_${kind}`)} <Tag tone={refused ? 'late' : 'plain'}>{t(`state_${state}`)}</Tag>
        </span>
      }
      notice={refused && <Notice tone="late">{t('problems', { count: errors.length })}</Notice>}
    >
      <div className="halves">
        <div className="stack">
          <Card title={refused ? t('why') : t('errors')}>
            {errors.length > 0 ? (
              <Problems problems={errors} />
            ) : (
              <p className="muted">{t('no_errors')}</p>
            )}
            {warnings.length > 0 && (
              <details className="card-foot">
                <summary className="muted">
                  {t('warnings')} · {warnings.length}
                </summary>
                <Problems problems={warnings} />
              </details>
            )}
          </Card>
          {mends && <Mend document={document} />}
        </div>
        <Facts document={document} />
      </div>
    </Page>
  );
}

const KILOBYTE = 1024;

function Facts({ document }: { document: Document }) {
  const t = useDocumentTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { id, owner_id, receiver_id, received_at, file_name, size_bytes } = document;
  const size = `${format.count(Math.max(1, Math.round(size_bytes / KILOBYTE)))} kB`;
  return (
    <Card>
      <dl className="facts">
        <dt>{t('from')}</dt>
        <dd>{partyName(owner_id)}</dd>
        <dt>{t('to')}</dt>
        <dd>{partyName(receiver_id)}</dd>
        <dt>{t('received_at')}</dt>
        <dd>{format.instant(received_at)}</dd>
        <dt>{t('format')}</dt>
        <dd>{t(`format_${document.format}`)}</dd>
        <dt>{t('file')}</dt>
        <dd>
          {file_name ?? '–'} · {size}
        </dd>
      </dl>
      <Links document={document} />
      <div className="row card-foot">
        <a
          className="button is-plain is-small"
          href={addressOf('document.original', { id })}
          download={file_name ?? true}
        >
          {t('original')}
        </a>
      </div>
    </Card>
  );
}

function Links({ document }: { document: Document }) {
  const t = useDocumentTexts();
  const { kind, state, subject_id, replaces_id, replaced_by_id } = document;
  const orders = ['order', 'order_response', 'order_change', 'order_cancellation'];
  return (
    <ul className="stack-tight card-foot">
      {state === 'applied' && subject_id && orders.includes(kind) && (
        <li>
          <Link to={`/orders/${subject_id}`}>{t('subject')}</Link>
        </li>
      )}
      {replaced_by_id && (
        <li>
          <Link to={`/documents/${replaced_by_id}`}>{t('replaced')}</Link>
        </li>
      )}
      {replaces_id && (
        <li>
          <Link to={`/documents/${replaces_id}`}>{t('replaces')}</Link>
        </li>
      )}
    </ul>
  );
}
