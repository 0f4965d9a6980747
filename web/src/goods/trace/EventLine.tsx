import { Link } from '@tanstack/react-router';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useNames } from './names.ts';
import { useWords } from './words.ts';

export type Line = {
  id: string;
  type: string;
  event_time: string;
  biz_step: string | null;
  read_point: string | null;
  biz_location: string | null;
  capturer_id: string;
};

/** One event of a life: when, what, where, and who says so. */
export function EventLine({ event }: { event: Line }) {
  const word = useWords();
  const format = useFormat();
  const names = useNames();
  const partyName = usePartyName();
  const what = event.biz_step ? word('step', event.biz_step) : word('type', event.type);
  return (
    <li>
      <span className="muted figure">{format.instant(event.event_time)}</span>
      <Link to={`/events/${event.id}`}>{what}</Link>
      <span>{names.place(event.biz_location ?? event.read_point)}</span>
      <span className="muted">{partyName(event.capturer_id)}</span>
    </li>
  );
}
