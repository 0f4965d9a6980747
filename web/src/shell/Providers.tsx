import { useMutation } from '@tanstack/react-query';
import { Button } from '../controls/Button.tsx';
import type { IdentityProvider } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { signInAtProvider } from '../kernel/provider.ts';
import { EntryProblem } from './EntryProblem.tsx';
import { useShellTexts } from './texts.ts';

/** The identity providers that this installation trusts; mostly there is none. */
export function Providers({ next }: { next: string }) {
  const offered = useApi('session.providers', {}).data?.items ?? [];
  return offered.map((provider) => <ByProvider key={provider.id} {...provider} next={next} />);
}

function ByProvider({ id, name, next }: IdentityProvider & { next: string }) {
  const t = useShellTexts();
  const read = useBilingual();
  const go = useMutation({ mutationFn: () => signInAtProvider(id, next) });
  return (
    <>
      <Button size="large" busy={go.isPending} onClick={() => go.mutate()}>
        {t('by_provider', { name: read(name) })}
      </Button>
      <EntryProblem error={go.error} />
    </>
  );
}
