import { Empty } from '../../controls/Empty.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { Party } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { nameOf } from '../../kernel/parties.ts';
import type { Column, Filter } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { ROLES } from './roles.ts';
import { useChainTexts } from './texts.ts';

/** The directory of the chain. */
export function Members() {
  const t = useChainTexts();
  const read = useBilingual();
  const roles = (row: Party) => row.roles.map((role) => t(`role_${role}`)).join('、');
  const columns: Column<Party>[] = [
    {
      id: 'name',
      label: t('name'),
      card: 'title',
      cell: (row) => (
        <>
          {read(nameOf(row))}
          {!row.verified && <span className="muted small"> · {t('unverified')}</span>}
        </>
      ),
      text: (row) => read(nameOf(row)),
    },
    { id: 'roles', label: t('roles'), cell: roles, text: roles },
    {
      id: 'code',
      label: t('code'),
      card: 'wide',
      cell: ({ uscc }) => uscc ?? '–',
      text: ({ uscc }) => uscc ?? '',
    },
    {
      id: 'status',
      label: t('status'),
      card: 'aside',
      cell: ({ status }) => (
        <Tag tone={status === 'invited' ? 'waiting' : 'plain'}>{t(`status_${status}`)}</Tag>
      ),
      text: ({ status }) => t(`status_${status}`),
    },
  ];
  const filters: Filter[] = [
    { kind: 'text', id: 'search', label: t('search') },
    {
      kind: 'choice',
      id: 'role',
      label: t('role'),
      options: ROLES.map((value) => ({ value, label: t(`role_${value}`) })),
    },
  ];
  return (
    <DataList<Party>
      path="/api/v1/parties"
      columns={columns}
      filters={filters}
      rowKey={({ id }) => id}
      name={t('export_members')}
      empty={<Empty title={t('none_members')}>{t('none_members_more')}</Empty>}
    />
  );
}
