import { Button } from '../controls/Button.tsx';
import { Notice } from '../controls/Notice.tsx';
import { CopyText } from './CopyText.tsx';
import { useSecurityTexts } from './security-texts.ts';

type Props = { codes: readonly string[]; onKept?: (() => void) | undefined };

/**
 * Recovery codes, on the one screen on which they ever stand.
 * @param onKept where something waits for them to be written down
 */
export function RecoveryCodes({ codes, onKept }: Props) {
  const t = useSecurityTexts();
  return (
    <div className="stack recovery-codes">
      <Notice tone="caution">{t('codes_once')}</Notice>
      <p className="muted">{t('codes_use')}</p>
      <CopyText text={codes.join('\n')} />
      {onKept && (
        <Button kind="primary" size="large" onClick={onKept}>
          {t('codes_kept')}
        </Button>
      )}
    </div>
  );
}
