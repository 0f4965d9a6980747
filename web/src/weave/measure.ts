/** The sizes of the weave's texts; weave.css sets the same. */
const LABEL_FONT_SIZE = 11.5;
const FLOW_FONT_SIZE = 14;

let canvas: CanvasRenderingContext2D | null | undefined;

/** Width in pixels of a label, in the font that the page shows. */
export function measureLabel(text: string): number {
  return measureText(text, 500, LABEL_FONT_SIZE);
}

/** Width in pixels of the name of a flow. */
export function measureFlow(name: string): number {
  return measureText(name, 600, FLOW_FONT_SIZE);
}

/** Width in pixels of a text of a weight and a size in pixels. */
export function measureText(text: string, weight: number, size: number): number {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return text.length * size;
  canvas.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(text).width;
}

const LONGEST_LABEL = 22;

/** Cuts what would crowd the picture; the whole text stands in the drawer. */
export function shortLabel(text: string): string {
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}
