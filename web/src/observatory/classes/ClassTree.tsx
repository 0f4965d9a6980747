import { Icon } from '../../controls/Icon.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { IndustryClass } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useClassesTexts } from './texts.ts';

type Props = {
  items: readonly IndustryClass[];
  /** The codes that are open, from the section down, with points between: `C.13.135`. */
  open: string;
  onOpen: (path: string) => void;
  /** Where these items stand. */
  path?: readonly string[];
};

/** The letter of a section does not tell the sector: these divisions are services all the same. */
const TRAPS = { '05': 'farm_trap', '11': 'mining_trap', '43': 'service_trap' } as const;
const LOWEST = 4;

/** One branch is open at a time: four levels of 1,382 classes are a lot to scroll through. */
export function ClassTree({ items, open, onOpen, path = [] }: Props) {
  const opened = open.split('.')[path.length];
  return (
    <ul className="class-tree">
      {items.map((one) => (
        <li key={one.code}>
          <Row one={one} isOpen={one.code === opened} path={path} onOpen={onOpen} />
          {one.code === opened && one.level < LOWEST && (
            <Children one={one} open={open} onOpen={onOpen} path={[...path, one.code]} />
          )}
        </li>
      ))}
    </ul>
  );
}

type RowProps = {
  one: IndustryClass;
  isOpen: boolean;
  path: readonly string[];
  onOpen: (path: string) => void;
};

function Row({ one, isOpen, path, onOpen }: RowProps) {
  const t = useClassesTexts();
  const { code, name, level, sector } = one;
  const trap = TRAPS[code as keyof typeof TRAPS];
  const label = (
    <>
      <span className="code">{code}</span>
      <span>{name}</span>
      {trap && <Tag>{t(trap)}</Tag>}
      {sector && <span className="muted small">{t('sector_value', { sector })}</span>}
    </>
  );
  if (level === LOWEST) return <div className="class-row is-leaf">{label}</div>;
  return (
    <button
      type="button"
      className="class-row"
      aria-expanded={isOpen}
      onClick={() => onOpen([...path, ...(isOpen ? [] : [code])].join('.'))}
    >
      <Icon name={isOpen ? 'down' : 'forward'} size={14} />
      {label}
    </button>
  );
}

type ChildrenProps = {
  one: IndustryClass;
  open: string;
  onOpen: (path: string) => void;
  path: readonly string[];
};

function Children({ one, open, onOpen, path }: ChildrenProps) {
  const children = useApi('industry_class.list', { query: { under: one.code } });
  const { data } = children;
  if (children.isError) return <ProblemNotice error={children.error} />;
  // What another branch held is no answer for this one.
  const isOwn = data?.items.every(({ parent }) => parent === one.code);
  if (!data || !isOwn) return <Skeleton rows={3} />;
  return <ClassTree items={data.items} open={open} onOpen={onOpen} path={path} />;
}
