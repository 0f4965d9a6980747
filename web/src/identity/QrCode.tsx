import { useEffect, useState } from 'react';

type Modules = { size: number; path: string };

/** A text for a phone's camera, drawn in the browser: no other host ever sees what it says. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [modules, setModules] = useState<Modules>();
  useEffect(() => {
    let wanted = true;
    void import('uqr').then(({ encode }) => {
      const { data, size } = encode(text, { ecc: 'M', border: 4 });
      const path = data
        .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
        .join('');
      if (wanted) setModules({ size, path });
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  if (!modules) return <div className="qr-code" />;
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${modules.size} ${modules.size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={modules.path} />
    </svg>
  );
}
