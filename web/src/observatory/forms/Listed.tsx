import type { ReactNode } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Tag } from '../../controls/Tag.tsx';
import { useFormTexts } from './texts.ts';

type Props = {
  title: string;
  code: string;
  about: ReactNode;
  tags: ReactNode;
  /** How many places in it are to be mended. */
  faults: number;
  isFirst: boolean;
  isLast: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
};

/** An item or a rule in its list: what it is, what is wrong, and the ways to move it. */
export function Listed(props: Props) {
  const t = useFormTexts();
  const { title, code, about, tags, faults, isFirst, isLast, onOpen, onMove } = props;
  const name = title || code || t('untitled');
  return (
    <li className="form-listed">
      <button type="button" className="form-listed-open" onClick={onOpen}>
        <span className="form-listed-head">
          <span className="strong">{title || t('untitled')}</span> <code>{code}</code> {tags}
          {faults > 0 && <Tag tone="late">{t('to_mend', { count: faults })}</Tag>}
        </span>
        <span className="muted small">{about}</span>
      </button>
      <span className="form-listed-moves">
        <Button
          kind="quiet"
          size="small"
          aria-label={`${t('up')} · ${name}`}
          title={t('up')}
          disabled={isFirst}
          onClick={() => onMove(-1)}
        >
          ↑
        </Button>
        <Button
          kind="quiet"
          size="small"
          aria-label={`${t('down')} · ${name}`}
          title={t('down')}
          disabled={isLast}
          onClick={() => onMove(1)}
        >
          ↓
        </Button>
      </span>
    </li>
  );
}
