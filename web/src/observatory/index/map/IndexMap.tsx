import { useMemo, useRef, useState } from 'react';
import { Button } from '../../../controls/Button.tsx';
import { Drawer } from '../../../controls/Drawer.tsx';
import { Empty } from '../../../controls/Empty.tsx';
import { useWidth } from '../../../kernel/use-width.ts';
import { EXAMPLE_AREAS } from '../example.ts';
import type { Score } from '../use-index.ts';
import { readAreas } from './areas.ts';
import { layOut } from './layout.ts';
import { MapFileForm } from './MapFileForm.tsx';
import { MapLegend } from './MapLegend.tsx';
import { MapNotes } from './MapNotes.tsx';
import { MapPicture } from './MapPicture.tsx';
import { MapReadout } from './MapReadout.tsx';
import { marksOf, type WithoutIndex } from './marks.ts';
import { type MapFile, type Source, sourceFor } from './source.ts';
import { useMapTexts } from './texts.ts';
import { useLabels } from './use-labels.ts';
import './map.css';

const example = readAreas(EXAMPLE_AREAS);

type Props = {
  scores: readonly Score[];
  without: readonly WithoutIndex[];
  busy: boolean;
  isExample: boolean;
  file: MapFile | undefined;
  onFile: (file: MapFile | undefined) => void;
  onOpen: (unit: string) => void;
};

/** The groups of an index on a map: of the reader's own, of the example, or of squares. */
export function IndexMap({ scores, without, busy, isExample, file, onFile, onOpen }: Props) {
  const t = useMapTexts();
  const [choosing, setChoosing] = useState(false);
  const source = useMemo(
    () =>
      sourceFor(
        [...scores, ...without],
        file,
        isExample && 'areas' in example ? example : undefined,
      ),
    [scores, without, file, isExample],
  );
  const add = (
    <span className="row">
      <Button size="small" onClick={() => setChoosing(true)}>
        {t(file ? 'change' : 'add')}
      </Button>
      {file && (
        <Button size="small" kind="quiet" onClick={() => onFile(undefined)}>
          {t('drop')}
        </Button>
      )}
    </span>
  );
  return (
    <div className="stack">
      {source ? (
        <Drawn source={source} scores={scores} without={without} busy={busy} onOpen={onOpen} />
      ) : (
        <Empty title={t('none')}>{t('none_text')}</Empty>
      )}
      {add}
      <Drawer open={choosing} title={t('form')} onClose={() => setChoosing(false)}>
        <MapFileForm
          onFile={(next) => {
            onFile(next);
            setChoosing(false);
          }}
        />
      </Drawer>
    </div>
  );
}

type DrawnProps = Pick<Props, 'scores' | 'without' | 'busy' | 'onOpen'> & { source: Source };

function Drawn({ source, scores, without, busy, onOpen }: DrawnProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [by, setBy] = useState<string>();
  const [pointed, setPointed] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const matching = source.matchings.find(({ property }) => property === by) ?? source.matchings[0];
  const { areas, lines } = source;
  // The sliders change the marks and not the areas, which may be many.
  const layout = useMemo(
    () => (width > 0 ? layOut({ areas, lines }, width) : undefined),
    [areas, lines, width],
  );
  const marks = useMemo(
    () => (matching ? marksOf(scores, without, matching) : []),
    [scores, without, matching],
  );
  const labels = useLabels(layout, marks, source.kind);
  const active = marks.find(({ unit }) => unit === (pointed ?? focused));
  return (
    <figure className="stack">
      <MapReadout mark={active} scores={scores} />
      <div ref={frame} className={busy ? 'is-stale' : undefined} aria-busy={busy}>
        {layout && (
          <MapPicture
            layout={layout}
            marks={marks}
            labels={labels}
            active={active}
            onPoint={setPointed}
            onFocus={setFocused}
            onOpen={onOpen}
          />
        )}
      </div>
      <figcaption className="stack">
        <MapNotes
          source={source}
          matching={matching}
          units={scores.length + without.length}
          onProperty={setBy}
        />
        {marks.length > 0 && (
          <MapLegend scores={scores} marks={marks} hasBare={marks.length < areas.length} />
        )}
      </figcaption>
    </figure>
  );
}
