import { useMemo, useRef, useState } from 'react';
import { useBilingual } from '../kernel/bilingual.ts';
import { FLOWS, useFlowTexts } from '../kernel/flows.ts';
import { useFormat } from '../kernel/format/format.ts';
import { PHONE, useMedia } from '../kernel/use-media.ts';
import { useWidth } from '../kernel/use-width.ts';
import type { Knot, WeaveData } from './data.ts';
import { KnotDrawer } from './KnotDrawer.tsx';
import { layoutWeave } from './layout.ts';
import { measureFlow, measureLabel, shortLabel } from './measure.ts';
import { useWeaveTexts } from './texts.ts';
import { WeaveAcross } from './WeaveAcross.tsx';
import { WeaveDown } from './WeaveDown.tsx';
import './weave.css';

/**
 * The picture of this product: four threads that run with time, facts as knots, ties where one
 * led to another. It runs to the right where there is room and downwards on a phone.
 */
export function Weave({ data }: { data: WeaveData }) {
  const t = useWeaveTexts();
  const phone = useMedia(PHONE);
  const [open, setOpen] = useState<Knot>();
  if (data.knots.length === 0) return <p className="weave-empty muted">{t('empty')}</p>;
  return (
    <>
      {phone ? (
        <WeaveDown data={data} onOpen={setOpen} />
      ) : (
        <MeasuredWeave data={data} onOpen={setOpen} />
      )}
      <KnotDrawer data={data} knot={open} onOpen={setOpen} onClose={() => setOpen(undefined)} />
    </>
  );
}

/** Below this width the picture scrolls sideways instead of becoming unreadable. */
const LEAST_WIDTH = 640;
const FLOW_ROOM = 36;

function MeasuredWeave({ data, onOpen }: { data: WeaveData; onOpen: (knot: Knot) => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const { zone } = useFormat();
  const read = useBilingual();
  const flow = useFlowTexts();
  const layout = useMemo(
    () =>
      width > 0
        ? layoutWeave(data, {
            width: Math.max(LEAST_WIDTH, width),
            gutter: FLOW_ROOM + Math.max(...FLOWS.map((name) => measureFlow(flow(name)))),
            zone,
            text: (knot) => shortLabel(read(knot.title)),
            measure: measureLabel,
          })
        : undefined,
    [data, width, zone, read, flow],
  );
  return (
    <div className="weave-frame" ref={frame}>
      {layout && <WeaveAcross layout={layout} onOpen={onOpen} />}
    </div>
  );
}
