import { Link, useSearch } from '@tanstack/react-router';
import { Card } from '../controls/Card.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { DocumentRow } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useLanguage } from '../kernel/i18n/texts.ts';
import { usePartyName } from '../kernel/parties.ts';
import type { Search } from '../kernel/search.ts';
import { useMay } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { useShellTexts } from '../shell/texts.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { useDocumentTexts } from './texts.ts';
import './documents.css';

const KINDS = [
  'order',
  'order_response',
  'order_change',
  'order_cancellation',
  'despatch',
  'receipt',
  'invoice',
  'credit_note',
  'sheet_orders',
  'sheet_catalogue',
  'sheet_stock',
  'kept',
  'unreadable',
] as const;
const STATES = ['refused', 'applied', 'accepted', 'received'] as const;
const SHEETS = ['orders', 'catalogue', 'stock'] as const;
const SHOWN_REFUSED = 10;

/** Documents that came and went: what was refused comes first, with the way to mend it. */
export function DocumentsPage() {
  const t = useDocumentTexts();
  const shell = useShellTexts();
  const may = useMay();
  const columns = useColumns();
  const filters = useFilters();
  const send = may('trade.document.send') && (
    <Link to="/documents/new" className="button is-primary is-medium">
      {t('send_new')}
    </Link>
  );
  return (
    <Page title={shell('documents')} action={send}>
      <Refused />
      <DataList<DocumentRow>
        path="/api/v1/documents"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/documents/${id}`}
        isLate={({ state }) => state === 'refused'}
        name={t('export_name')}
        empty={<Empty title={t('none')}>{t('none_more')}</Empty>}
      />
      <Templates />
    </Page>
  );
}

function Refused() {
  const t = useDocumentTexts();
  const format = useFormat();
  const search = useSearch({ strict: false }) as Search;
  const refused = useApi('document.list', {
    query: { state: 'refused', direction: 'sent', limit: SHOWN_REFUSED },
  });
  const items = (refused.data?.items ?? []).filter(({ replaced_by_id }) => !replaced_by_id);
  // The list below is about the same ones then.
  if (items.length === 0 || search.state) return null;
  return (
    <Card title={t('refused_first')} className="is-urgent">
      <ul className="link-list">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`/documents/${item.id}`} className="link-row">
              <span className="strong">{item.number ?? item.file_name ?? t('no_number')}</span>
              <span className="muted">{t(`kind_${item.kind}`)}</span>
              <span className="late">
                {t('errors_count', { count: item.error_count })} ·{' '}
                {format.instant(item.received_at)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Templates() {
  const t = useDocumentTexts();
  const language = useLanguage();
  return (
    <Card title={t('templates')} note={t('templates_hint')}>
      <div className="row">
        {SHEETS.flatMap((kind) =>
          (['xlsx', 'csv'] as const).map((format) => (
            <a
              key={`${kind}${format}`}
              className="button is-plain is-small"
              href={addressOf('document.template', { kind }, { format, language })}
              download
            >
              {t(`template_${kind}`)} · {format.toUpperCase()}
            </a>
          )),
        )}
      </div>
    </Card>
  );
}

function useFilters(): Filter[] {
  const t = useDocumentTexts();
  return [
    {
      kind: 'choice',
      id: 'state',
      label: t('state'),
      options: STATES.map((value) => ({ value, label: t(`state_${value}`) })),
    },
    {
      kind: 'choice',
      id: 'kind',
      label: t('kind'),
      options: KINDS.map((value) => ({ value, label: t(`kind_${value}`) })),
    },
    {
      kind: 'choice',
      id: 'direction',
      label: t('direction'),
      options: [
        { value: 'sent', label: t('sent') },
        { value: 'received', label: t('received') },
      ],
    },
  ];
}

function useColumns(): Column<DocumentRow>[] {
  const t = useDocumentTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const number = (row: DocumentRow) => row.number ?? row.file_name ?? t('no_number');
  return [
    { id: 'number', label: t('number'), card: 'title', cell: number, text: number },
    {
      id: 'kind',
      label: t('kind'),
      cell: ({ kind }) => t(`kind_${kind}`),
      text: ({ kind }) => t(`kind_${kind}`),
    },
    {
      id: 'format',
      label: t('format'),
      card: 'none',
      cell: (row) => t(`format_${row.format}`),
      text: (row) => t(`format_${row.format}`),
    },
    {
      id: 'from',
      label: t('from'),
      cell: ({ owner_id }) => partyName(owner_id),
      text: ({ owner_id }) => partyName(owner_id),
    },
    {
      id: 'to',
      label: t('to'),
      cell: ({ receiver_id }) => partyName(receiver_id),
      text: ({ receiver_id }) => partyName(receiver_id),
    },
    {
      id: 'state',
      label: t('state'),
      card: 'aside',
      cell: ({ state }) => (
        <Tag tone={state === 'refused' ? 'late' : 'plain'}>{t(`state_${state}`)}</Tag>
      ),
      text: ({ state }) => t(`state_${state}`),
    },
    {
      id: 'errors',
      label: t('errors'),
      figure: true,
      cell: ({ error_count }) =>
        error_count > 0 ? (
          <span className="late">{t('errors_count', { count: error_count })}</span>
        ) : (
          '–'
        ),
      text: ({ error_count }) => String(error_count),
    },
    {
      id: 'received_at',
      label: t('received_at'),
      figure: true,
      cell: ({ received_at }) => format.instant(received_at),
      text: ({ received_at }) => received_at,
    },
  ];
}
