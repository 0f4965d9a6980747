import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Icon } from '../controls/Icon.tsx';
import { Menu } from '../controls/Menu.tsx';
import { useBilingual } from '../kernel/bilingual.ts';
import { sessionQuery, switchPlace, useSession } from '../kernel/session.ts';
import { useShellTexts } from './texts.ts';

/** The name of the product and of the chain; opens the other places of this person. */
export function ChainSwitcher() {
  const t = useShellTexts();
  const read = useBilingual();
  const session = useSession();
  const client = useQueryClient();
  const router = useRouter();
  const move = useMutation({
    mutationFn: switchPlace,
    onSuccess: async (next) => {
      // Everything else on the page belongs to the place that was left.
      client.clear();
      client.setQueryData(sessionQuery.queryKey, next);
      await router.navigate({ to: '/' });
      await router.invalidate();
    },
  });
  const brand = (
    <>
      <span className="brand">{t('product')}</span>
      <span className="brand-chain">{read(session.chain.name)}</span>
    </>
  );
  if (session.places.length < 2) return <div className="chain-switcher">{brand}</div>;
  return (
    <Menu
      label={t('switch_chain')}
      className="chain-switcher"
      trigger={
        <>
          {brand}
          <Icon name="down" size={14} />
        </>
      }
    >
      {session.places.map((place) => (
        <button
          key={`${place.chain_id}${place.party_id}`}
          type="button"
          className="menu-item"
          aria-current={place.chain_id === session.chain.id && place.party_id === session.party.id}
          disabled={move.isPending}
          onClick={() => move.mutate(place)}
        >
          <span className="stack-tight is-close">
            <span className="strong">{read(place.party_name)}</span>
            <span className="muted small">{read(place.chain_name)}</span>
          </span>
        </button>
      ))}
    </Menu>
  );
}
