import { useState } from 'react';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import type { RightsRequest } from '../generated/api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { RequestDetail } from './RequestDetail.tsx';
import { RequestState } from './RequestState.tsx';
import { useRightsTexts } from './texts.ts';

/** What others ask of the firm about data, what the firm asks of others, and what became of it. */
export function Rights() {
  const t = useRightsTexts();
  const [open, setOpen] = useState<RightsRequest>();
  const columns = useColumns(setOpen);
  const filters: Filter[] = [
    {
      id: 'side',
      kind: 'choice',
      label: t('side'),
      options: (['received', 'asked'] as const).map((value) => ({ value, label: t(value) })),
    },
    {
      id: 'state',
      kind: 'choice',
      label: t('state'),
      options: (['open', 'accepted', 'refused', 'withdrawn', 'lapsed'] as const).map((value) => ({
        value,
        label: t(`state_${value}`),
      })),
    },
  ];
  return (
    <>
      <DataList<RightsRequest>
        path="/api/v1/rights-requests"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        isLate={({ overdue }) => overdue}
        name={t('export')}
        empty={<Empty title={t('none')}>{t('none_more')}</Empty>}
      />
      <Drawer
        open={open !== undefined}
        title={open ? t(`kind_${open.kind}`) : ''}
        onClose={() => setOpen(undefined)}
      >
        {open && <RequestDetail id={open.id} onDone={() => setOpen(undefined)} />}
      </Drawer>
    </>
  );
}

function useColumns(onOpen: (request: RightsRequest) => void): Column<RightsRequest>[] {
  const t = useRightsTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { party } = useSession();
  const kind = (row: RightsRequest) => t(`kind_${row.kind}`);
  const side = (row: RightsRequest) => t(row.holder_id === party.id ? 'received' : 'asked');
  const partner = ({ requester_id, holder_id }: RightsRequest) =>
    partyName(holder_id === party.id ? requester_id : holder_id);
  const about = ({ scope, statement }: RightsRequest) =>
    scope ? `${t(`scope_${scope}`)} · ${statement}` : statement;
  return [
    {
      id: 'kind',
      label: t('what'),
      card: 'title',
      cell: (row) => (
        <button type="button" className="text-button" onClick={() => onOpen(row)}>
          {kind(row)}
        </button>
      ),
      text: kind,
    },
    { id: 'side', label: t('side'), cell: side, text: side },
    { id: 'partner', label: t('with_whom'), cell: partner, text: partner },
    { id: 'about', label: t('about'), cell: about, text: about },
    {
      id: 'due',
      label: t('due'),
      cell: ({ state, due_on }) => (state === 'open' ? format.date(due_on) : ''),
      text: ({ due_on }) => due_on,
    },
    {
      id: 'state',
      label: t('state'),
      card: 'aside',
      cell: (row) => <RequestState request={row} />,
      text: ({ state }) => t(`state_${state}`),
    },
  ];
}
