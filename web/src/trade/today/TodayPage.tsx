import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { Today } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePart } from '../../kernel/part.ts';
import { Page } from '../../shell/Page.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { useGroupRows } from './group-rows.tsx';
import { GROUP_PAGES, type Group, URGENT_GROUPS, WAITING_GROUPS } from './groups.ts';
import { useTodayTexts } from './texts.ts';
import './today.css';

/** What is late, broken or missing, then what waits for the reader. */
export function TodayPage() {
  const t = useTodayTexts();
  const shell = useShellTexts();
  const format = useFormat();
  const today = useApi('today.get', {});
  const counts = today.data && [
    count(today.data, URGENT_GROUPS) > 0
      ? t('late_count', { count: count(today.data, URGENT_GROUPS) })
      : t('nothing_late'),
    count(today.data, WAITING_GROUPS) > 0 &&
      t('waiting_count', { count: count(today.data, WAITING_GROUPS) }),
  ];
  return (
    <Page
      title={shell('today')}
      subtitle={[format.date(format.today), ...(counts ?? [])].filter(Boolean).join(' · ')}
    >
      {today.isError && <ProblemNotice error={today.error} onRetry={() => void today.refetch()} />}
      {today.isPending && <Skeleton rows={8} />}
      {today.data && <Groups today={today.data} />}
    </Page>
  );
}

function count(today: Today, groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + today[group].count, 0);
}

function Groups({ today }: { today: Today }) {
  const t = useTodayTexts();
  const { only_reads } = usePart();
  const urgent = URGENT_GROUPS.filter((group) => today[group].count > 0);
  const waiting = WAITING_GROUPS.filter((group) => today[group].count > 0);
  if (urgent.length + waiting.length === 0) {
    return (
      <Card>
        <Empty title={t('quiet')}>{t(only_reads ? 'quiet_reader' : 'quiet_more')}</Empty>
      </Card>
    );
  }
  return (
    <div className={urgent.length > 0 && waiting.length > 0 ? 'today-columns' : 'today-column'}>
      {urgent.length > 0 && (
        <Card title={t('urgent')} note={t('urgent_hint')} className="is-urgent">
          {urgent.map((group) => (
            <GroupRows key={group} group={group} today={today} />
          ))}
        </Card>
      )}
      {waiting.length > 0 && (
        <Card title={t('waiting')} note={t('waiting_hint')}>
          {waiting.map((group) => (
            <GroupRows key={group} group={group} today={today} />
          ))}
        </Card>
      )}
    </div>
  );
}

/** More than this of one kind hides the other kinds; the list page has them all. */
const SHOWN = 5;

function GroupRows({ group, today }: { group: Group; today: Today }) {
  const t = useTodayTexts();
  const rows = useGroupRows(group, today).slice(0, SHOWN);
  const list = today[group];
  const total = `${list.count}${list.more ? '+' : ''}`;
  return (
    <section className="today-group">
      <h3>
        {t(group)} <span className="today-count">{total}</span>
      </h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={row.to} className="today-row">
              <span className="today-what">
                <span className="strong">{row.title}</span>
                <span className="muted">{row.who}</span>
              </span>
              <span className={`today-when${row.late ? ' late' : ' muted'}`}>{row.when}</span>
            </Link>
          </li>
        ))}
      </ul>
      {list.count > rows.length && (
        <Link to={GROUP_PAGES[group]} className="today-more muted small">
          {t('see_all', { count: total })}
        </Link>
      )}
    </section>
  );
}
