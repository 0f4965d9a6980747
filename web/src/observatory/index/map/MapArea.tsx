import type { KeyboardEvent } from 'react';
import { useBilingual } from '../../../kernel/bilingual.ts';
import { Decoration } from '../../../weave/Decoration.tsx';
import { useRankWords } from '../rank-words.ts';
import { type Label, LINE_HEIGHT } from './label.ts';
import type { Shape } from './layout.ts';
import { fillOf, hatchOf } from './MapPatterns.tsx';
import type { Mark } from './marks.ts';
import { useMapTexts } from './texts.ts';

type Props = {
  shape: Shape;
  mark: Mark;
  place: number;
  label: Label | undefined;
  isReachable: boolean;
  onPoint: (unit: string | undefined) => void;
  onFocus: (unit: string | undefined, place: number) => void;
  onOpen: (unit: string) => void;
  onMove: (event: KeyboardEvent, place: number) => void;
};

/** A unit's area: a button to its explanation, as its row in the list is. */
export function MapArea({ shape, mark, place, label, isReachable, ...act }: Props) {
  const nameOf = useMarkName();
  const { unit, score } = mark;
  const open = () => score && act.onOpen(unit);
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element.
    <g
      className={score ? 'map-unit' : 'map-unit is-without'}
      role="button"
      aria-disabled={score ? undefined : true}
      tabIndex={isReachable ? 0 : -1}
      aria-label={nameOf(mark)}
      aria-haspopup={score ? 'dialog' : undefined}
      data-place={place}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open();
        } else act.onMove(event, place);
      }}
      onPointerEnter={() => act.onPoint(unit)}
      onPointerLeave={() => act.onPoint(undefined)}
      onFocus={() => act.onFocus(unit, place)}
      onBlur={() => act.onFocus(undefined, place)}
    >
      <Ground shape={shape} mark={mark} />
      {label && <Words label={label} isDark={score !== null && mark.isDark} />}
    </g>
  );
}

function useMarkName(): (mark: Mark) => string {
  const t = useMapTexts();
  const words = useRankWords();
  const read = useBilingual();
  return (mark) => {
    const { name, score } = mark;
    if (!score) return t('mark_without', { name, reason: read(mark.reason) });
    return t('mark', {
      name,
      group: score.tie_group,
      place: words.place(score.place, mark.tied),
      range: words.range(score.rank),
      value: words.value(score.index),
    });
  };
}

/** What is smaller than this gets a dot, or nobody would see it. */
const SMALL = 7;
const DOT_RADIUS = 5;

function Ground({ shape: { box, path }, mark }: Pick<Props, 'shape' | 'mark'>) {
  const isSmall = Math.max(box.right - box.left, box.high - box.low) < SMALL;
  const dot = { cx: (box.left + box.right) / 2, cy: (box.low + box.high) / 2, r: DOT_RADIUS };
  const fill = mark.score ? fillOf(mark.ink) : undefined;
  const hatch = mark.score ? hatchOf(mark.doubt, mark.isDark) : undefined;
  return (
    <Decoration>
      <path className="map-area" d={path} style={{ fill }} />
      {hatch && <path className="map-hatched" d={path} fill={hatch} />}
      {isSmall && <circle className="map-area" {...dot} style={{ fill }} />}
    </Decoration>
  );
}

/** An area without a unit: drawn, since a map that was reviewed is to be shown whole. */
export function BareArea({ path, label }: { path: string; label: Label | undefined }) {
  return (
    <g className="is-bare">
      <path className="map-area" d={path} />
      {label && <Words label={label} isDark={false} />}
    </g>
  );
}

function Words({ label: { x, y, texts }, isDark }: { label: Label; isDark: boolean }) {
  const first = y - ((texts.length - 1) * LINE_HEIGHT) / 2;
  return (
    <Decoration>
      {texts.map((text, line) => (
        <text
          key={text}
          className={isDark ? 'map-word is-dark' : 'map-word'}
          x={x}
          y={first + line * LINE_HEIGHT}
        >
          {text}
        </text>
      ))}
    </Decoration>
  );
}
