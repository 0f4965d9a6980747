import { Button } from '../controls/Button.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useIdentityTexts } from './texts.ts';

/** A text to be taken elsewhere: a key, a link. It can be marked by hand where copying is off. */
export function CopyText({ text }: { text: string }) {
  const t = useIdentityTexts();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      sayDone(t('copied'));
    } catch {
      // Without a clipboard (plain http on a phone) the text stands there to be marked.
    }
  };
  return (
    <div className="copy-text">
      <code className="code">{text}</code>
      <Button size="small" onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </div>
  );
}
