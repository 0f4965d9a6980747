import { useState } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { useDocumentTexts } from './texts.ts';

const ENDINGS = '.xml,.csv,.xlsx,.xls,application/xml,text/xml,text/csv';

/** A file chosen or dropped. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const t = useDocumentTexts();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file) onFile(file);
  };
  return (
    <label
      className={`file-drop${over ? ' is-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Icon name="upload" size={26} />
      <span className="strong">{t('choose')}</span>
      <span className="muted small">{t('choose_hint')}</span>
      <input
        type="file"
        className="hidden-text"
        accept={ENDINGS}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </label>
  );
}
