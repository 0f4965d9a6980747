import { useState } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { addressOf } from '../kernel/api/ask.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { shrinkPhoto } from './shrink-photo.ts';
import { useGoodsTexts } from './texts.ts';

type Props = { sender: string; ids: readonly string[]; onAdd: (id: string) => void };

/** Photos of what is wrong; they are kept at once and shown to the sender with the receipt. */
export function Photos({ sender, ids, onAdd }: Props) {
  const t = useGoodsTexts();
  const [shrinking, setShrinking] = useState(false);
  const keep = useCommand('file.create', ({ id }) => onAdd(id));
  const busy = shrinking || keep.isPending;

  async function take(files: FileList | null) {
    const [file] = files ?? [];
    if (!file) return;
    setShrinking(true);
    const small = await shrinkPhoto(file);
    setShrinking(false);
    keep.mutate({ query: { share_with: sender }, file: small });
  }

  return (
    <div className="receive-photos">
      {ids.map((id) => (
        <img key={id} src={addressOf('file.get', { id })} alt="" width="56" height="56" />
      ))}
      <label className={`button is-plain is-medium photo-button${busy ? ' is-busy' : ''}`}>
        {busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="camera" size={16} />}
        {t(ids.length > 0 ? 'photo_more' : 'photo')}
        <input
          type="file"
          className="hidden-text"
          accept="image/*"
          capture="environment"
          disabled={busy}
          onChange={(event) => {
            void take(event.target.files);
            event.target.value = '';
          }}
        />
      </label>
      {ids.length > 0 && (
        <span className="muted small">{t('photo_kept', { count: ids.length })}</span>
      )}
      {keep.isError && <ProblemNotice error={keep.error} />}
    </div>
  );
}
