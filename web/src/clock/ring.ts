export type Ring = { centre: number; radius: number };

/** The arc of a share (0 to 1) of a ring, clockwise from the top; empty for nothing. */
export function arcPath({ centre, radius }: Ring, share: number): string {
  if (share <= 0) return '';
  // An arc whose ends meet is drawn as nothing: a full ring stops a hair before its start.
  const angle = Math.min(share, 0.9999) * 2 * Math.PI;
  const x = round(centre + radius * Math.sin(angle));
  const y = round(centre - radius * Math.cos(angle));
  const long = angle > Math.PI ? 1 : 0;
  return `M${centre} ${centre - radius}A${radius} ${radius} 0 ${long} 1 ${x} ${y}`;
}

/** The point of the ring at a share of its way, pushed outwards by `out`. */
export function pointOn({ centre, radius }: Ring, share: number, out = 0) {
  const angle = share * 2 * Math.PI;
  const reach = radius + out;
  return { x: round(centre + reach * Math.sin(angle)), y: round(centre - reach * Math.cos(angle)) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
