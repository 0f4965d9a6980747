import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Facts } from '../../controls/Facts.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Progress, Skeleton } from '../../controls/Progress.tsx';
import type { ExtentAnswer } from '../../generated/api.ts';
import { addressOf, ask } from '../../kernel/api/ask.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useLanguage } from '../../kernel/i18n/texts.ts';
import { writeSearch } from '../../kernel/search.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';
import './trace.css';

type Asked = { item?: string; spread?: 'content' | 'contact' };
type Found = NonNullable<ExtentAnswer['found']>;
type Row = Found['rows'][number];

const MOST_ROWS = 50;

/** Each question reads on: the next one follows at once. */
const NEXT_MS = 50;

/** How far a lot went, however far. */
export function ExtentPage() {
  const t = useTraceTexts();
  const names = useNames();
  const format = useFormat();
  const language = useLanguage();
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }) as Asked;
  const { item = '', spread = 'content' } = asked;
  const extent = useQuery({
    queryKey: ['trace.extent', item, spread],
    queryFn: ({ signal }) => ask('trace.extent', { body: { items: [{ item }], spread }, signal }),
    refetchInterval: ({ state }) => (state.data && state.data.phase !== 'ready' ? NEXT_MS : false),
  });
  const found = extent.data?.found;
  return (
    <Page
      title={t('extent_title', { thing: names.thing(item) })}
      back={`/trace${writeSearch({ item, spread })}`}
      subtitle={found && t('extent_as_of', { time: format.instant(found.as_of) })}
      tools={
        <Choice
          label={t('spread')}
          value={spread}
          onChange={(value) =>
            void navigate({ to: `/extent${writeSearch({ item, spread: value })}`, replace: true })
          }
          options={[
            { value: 'content', label: t('spread_content') },
            { value: 'contact', label: t('spread_contact') },
          ]}
        />
      }
      action={
        found && (
          <a
            className="button is-primary is-medium"
            href={addressOf('trace.extent_sheet', {}, { item, spread, language })}
            download="extent.csv"
          >
            {t('extent_sheet')}
          </a>
        )
      }
    >
      {extent.isError && <ProblemNotice error={extent.error} />}
      {extent.isPending && <Skeleton rows={4} />}
      {extent.data && !found && <Reading answer={extent.data} />}
      {found && <Extent found={found} />}
    </Page>
  );
}

function Reading({ answer: { phase, progress, looked_at } }: { answer: ExtentAnswer }) {
  const t = useTraceTexts();
  const format = useFormat();
  const stage = `extent_${phase}` as 'extent_reading' | 'extent_building' | 'extent_checking';
  return (
    <Card title={t('extent_wait')}>
      <Progress
        label={t(stage, { count: format.count(looked_at) })}
        done={Math.floor(progress * 100)}
        total={100}
      />
      <p className="muted small">{t('extent_why')}</p>
    </Card>
  );
}

function Extent({ found }: { found: Found }) {
  const t = useTraceTexts();
  const format = useFormat();
  const all = found.affected + found.holds;
  return (
    <>
      <div className="halves">
        <Card title={t('extent_affected', { count: format.count(found.affected) })}>
          <Facts
            rows={[
              [t('extent_holds'), format.count(found.holds)],
              [
                t('extent_others'),
                format.count(found.others.reduce((sum, { events }) => sum + events, 0)),
              ],
            ]}
          />
        </Card>
        <Products found={found} />
      </div>
      <Card
        title={t('extent_rows')}
        note={
          all > MOST_ROWS ? t('extent_first', { count: MOST_ROWS, all: format.count(all) }) : ''
        }
      >
        <ExtentRows rows={found.rows} />
      </Card>
    </>
  );
}

function Products({ found }: { found: Found }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const name = (gtin: string | null) =>
    gtin === null ? t('extent_no_product') : names.thing(`https://id.gs1.org/01/${gtin}`);
  const more = found.other_products;
  return (
    <Card
      title={t('extent_products')}
      note={more > 0 ? t('extent_more_products', { count: more }) : ''}
    >
      <Facts rows={found.products.map(({ gtin, items }) => [name(gtin), format.count(items)])} />
    </Card>
  );
}

function ExtentRows({ rows }: { rows: readonly Row[] }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const columns: Column<Row>[] = [
    {
      ...{ id: 'item', label: t('item'), card: 'title' },
      cell: ({ item }) => <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>,
    },
    { id: 'is', label: t('extent_state'), cell: ({ is }) => t(is) },
    {
      ...{ id: 'since', label: t('extent_since') },
      cell: ({ since }) => (since === null ? '–' : format.instant(since)),
    },
    {
      ...{ id: 'by', label: t('extent_by') },
      cell: ({ by }) =>
        by === null ? t('extent_start') : <Link to={`/events/${by}`}>{t('extent_event')}</Link>,
    },
  ];
  return (
    <>
      <Rows columns={columns} rows={rows.slice(0, MOST_ROWS)} rowKey={({ item }) => item} />
      {rows.length > MOST_ROWS && <p className="muted">{t('extent_in_sheet')}</p>}
    </>
  );
}
