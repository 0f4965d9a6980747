import { Link } from '@tanstack/react-router';
import { Notice } from '../controls/Notice.tsx';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useSession } from '../kernel/session.ts';
import { useShellTexts } from './texts.ts';

/** Before the day on which a second factor is required: told to whoever has none yet. */
export function FactorNotice() {
  const t = useShellTexts();
  const read = useBilingual();
  const format = useFormat();
  const { factor, party } = useSession();
  if (factor.is_set || factor.required_from === null) return null;
  const said = { date: format.dateOf(factor.required_from), party: read(party.name) };
  const go = (
    <Link to="/settings" search={{ tab: 'security' } as never}>
      {t('factor_soon_go')}
    </Link>
  );
  return (
    <div className="factor-notice">
      <Notice tone="caution" action={go}>
        {t('factor_soon', said)}
      </Notice>
    </div>
  );
}
