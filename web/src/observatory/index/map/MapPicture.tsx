import { type KeyboardEvent, useRef, useState } from 'react';
import { Decoration } from '../../../weave/Decoration.tsx';
import type { Area } from './areas.ts';
import type { Label } from './label.ts';
import type { Layout, Shape } from './layout.ts';
import { BareArea, MapArea } from './MapArea.tsx';
import { MapPatterns } from './MapPatterns.tsx';
import { type Mark, nextMark } from './marks.ts';
import { useMapTexts } from './texts.ts';

type Props = {
  layout: Layout;
  marks: readonly Mark[];
  labels: ReadonlyMap<Area, Label>;
  /** What is pointed at or, without a pointer, has the focus. */
  active: Mark | undefined;
  onPoint: (unit: string | undefined) => void;
  onFocus: (unit: string | undefined) => void;
  onOpen: (unit: string) => void;
};

/** Areas in the grey of their group. One is in the tab order; arrow keys follow the ranks. */
export function MapPicture({ layout, marks, labels, active, onPoint, onFocus, onOpen }: Props) {
  const t = useMapTexts();
  const picture = useRef<SVGSVGElement>(null);
  const [reached, setReached] = useState(0);
  const places = new Map(marks.map(({ area }, place) => [area, place]));
  const tabStop = Math.min(reached, marks.length - 1);

  function move(event: KeyboardEvent, place: number) {
    const next = nextMark(marks, place, event.key);
    if (next === undefined) return;
    event.preventDefault();
    picture.current?.querySelector<SVGElement>(`[data-place="${next}"]`)?.focus();
  }

  function focus(unit: string | undefined, place: number) {
    if (unit !== undefined) setReached(place);
    onFocus(unit);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset element.
    <svg
      ref={picture}
      className="map-picture"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label={t('picture')}
    >
      <MapPatterns />
      {largestFirst(layout.shapes).map((shape) => {
        const place = places.get(shape.area) ?? -1;
        const mark = marks[place];
        const label = labels.get(shape.area);
        if (!mark) return <BareArea key={shape.area.number} path={shape.path} label={label} />;
        return (
          <MapArea
            key={shape.area.number}
            shape={shape}
            mark={mark}
            place={place}
            label={label}
            isReachable={place === tabStop}
            onPoint={onPoint}
            onFocus={focus}
            onOpen={onOpen}
            onMove={move}
          />
        );
      })}
      <Frames layout={layout} marks={marks} active={active} />
    </svg>
  );
}

/** An area within another that has no hole for it would be hidden under it. */
function largestFirst(shapes: readonly Shape[]): Shape[] {
  const size = ({ box }: Shape) => (box.right - box.left) * (box.high - box.low);
  return shapes.toSorted((one, other) => size(other) - size(one));
}

type FramesProps = Pick<Props, 'layout' | 'marks' | 'active'>;

/** Lines of the file, and over them what is pointed at with all that it is not told apart from. */
function Frames({ layout, marks, active }: FramesProps) {
  const tied = new Set(active?.score?.not_told_apart);
  const paths = new Map(layout.shapes.map(({ area, path }) => [area, path]));
  return (
    <Decoration>
      {layout.lines.map((line) => (
        <path key={line} className="map-line" d={line} />
      ))}
      {marks
        .filter(({ unit }) => tied.has(unit))
        .map(({ unit, area }) => (
          <Frame key={unit} path={paths.get(area)} look="is-tied" />
        ))}
      {active && <Frame path={paths.get(active.area)} look="is-active" />}
    </Decoration>
  );
}

/** On a rim of the ground, to be seen on every grey. */
function Frame({ path, look }: { path: string | undefined; look: 'is-tied' | 'is-active' }) {
  return (
    <>
      <path className={`map-frame ${look} is-ground`} d={path} />
      <path className={`map-frame ${look}`} d={path} />
    </>
  );
}
