import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Icon } from '../controls/Icon.tsx';
import { Menu } from '../controls/Menu.tsx';
import { useBilingual } from '../kernel/bilingual.ts';
import { sessionQuery, signOut, useSession } from '../kernel/session.ts';
import { Appearance } from './Appearance.tsx';
import { useShellTexts } from './texts.ts';

/** Who is signed in and for whom, with the way out. `inline` stands in a sheet of its own. */
export function AccountMenu({ inline = false }: { inline?: boolean }) {
  const t = useShellTexts();
  const read = useBilingual();
  const { user, party } = useSession();
  const who = (
    <span className="stack-tight is-close account-name">
      <span className="strong">{user.name}</span>
      <span className="muted small">{read(party.name)}</span>
    </span>
  );
  if (inline) {
    return (
      <div className="account-inline">
        {who}
        <SignOut />
      </div>
    );
  }
  return (
    <Menu
      label={`${t('account')}: ${user.name}`}
      className="account"
      trigger={
        <>
          <span className="avatar" aria-hidden="true">
            {user.name.slice(0, 1)}
          </span>
          {who}
        </>
      }
    >
      <Appearance />
      <SignOut />
    </Menu>
  );
}

function SignOut() {
  const t = useShellTexts();
  const client = useQueryClient();
  const router = useRouter();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      await router.navigate({ to: '/sign-in' });
    },
  });
  return (
    <button
      type="button"
      className="menu-item"
      disabled={leave.isPending}
      onClick={() => leave.mutate()}
    >
      <Icon name="leave" />
      {t('sign_out')}
    </button>
  );
}
