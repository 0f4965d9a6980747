import { Notice } from '../controls/Notice.tsx';
import { CopyText } from './CopyText.tsx';
import { useSecurityTexts } from './security-texts.ts';

/** Recovery codes, on the one screen on which they ever stand. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useSecurityTexts();
  return (
    <div className="stack recovery-codes">
      <Notice tone="caution">{t('codes_once')}</Notice>
      <p className="muted">{t('codes_use')}</p>
      <CopyText text={codes.join('\n')} />
    </div>
  );
}
