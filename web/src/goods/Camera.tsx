import { useEffect, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { useGoodsTexts } from './texts.ts';

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

/** Labels of handling units: GS1-128 and, on small ones, DataMatrix or QR. */
const FORMATS = ['code_128', 'data_matrix', 'qr_code', 'itf'];
const LOOK_EVERY_MS = 250;

function detectorClass(): DetectorClass | undefined {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  return navigator.mediaDevices ? found : undefined;
}

/** Reads bar codes with the camera where the browser can; says so where it cannot. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const t = useGoodsTexts();
  const [on, setOn] = useState(false);
  const [denied, setDenied] = useState(false);
  if (!detectorClass()) return <p className="muted small">{t('scan_absent')}</p>;
  return (
    <div className="stack-tight">
      {on && (
        <Viewer
          onCode={(code) => {
            setOn(false);
            onCode(code);
          }}
          onDenied={() => {
            setOn(false);
            setDenied(true);
          }}
        />
      )}
      {denied && <p className="late small">{t('scan_denied')}</p>}
      <Button icon="camera" onClick={() => setOn(!on)}>
        {t(on ? 'scan_stop' : 'scan_start')}
      </Button>
    </div>
  );
}

type ViewerProps = { onCode: (code: string) => void; onDenied: () => void };

function Viewer({ onCode, onDenied }: ViewerProps) {
  const video = useRef<HTMLVideoElement>(null);
  // The latest callbacks: the camera must not start again because a parent was drawn again.
  const heard = useRef({ onCode, onDenied });
  heard.current = { onCode, onDenied };
  useEffect(() => {
    const Class = detectorClass();
    const element = video.current;
    if (!Class || !element) return;
    const detector = new Class({ formats: FORMATS });
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;

    async function look() {
      if (over || !element) return;
      const [code] = await detector.detect(element).catch(() => []);
      if (over) return;
      if (code) return heard.current.onCode(code.rawValue);
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    }

    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (opened) => {
        stream = opened;
        if (over) return stop();
        element.srcObject = opened;
        await element.play();
        void look();
      })
      .catch(() => heard.current.onDenied());

    function stop() {
      over = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    }
    return stop;
  }, []);
  return <video ref={video} className="camera" muted playsInline />;
}
