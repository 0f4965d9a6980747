import { Outlet } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dateInZone } from '../../../src/kernel/dates.ts';
import { useLiveFacts } from '../kernel/api/live.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { CalendarContext } from '../kernel/format/format.ts';
import { useSession } from '../kernel/session.ts';
import { FactorNotice } from './FactorNotice.tsx';
import { Shell } from './Shell.tsx';
import { waitingByPage } from './waiting.ts';

/** The frame around every page behind the sign-in, with the calendar of the chain. */
export function SignedIn() {
  const { chain } = useSession();
  const today = useApi('today.get', {});
  useLiveFacts();
  const date = today.data?.date;
  const calendar = useMemo(
    () => ({
      zone: chain.zone,
      today: date ?? dateInZone(new Date().toISOString(), chain.zone),
    }),
    [chain.zone, date],
  );
  return (
    <CalendarContext value={calendar}>
      <Shell waiting={today.data ? waitingByPage(today.data) : {}}>
        <FactorNotice />
        <Outlet />
      </Shell>
    </CalendarContext>
  );
}
