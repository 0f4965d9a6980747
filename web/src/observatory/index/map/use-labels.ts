import { useMemo } from 'react';
import { useLanguage } from '../../../kernel/i18n/texts.ts';
import { measureText } from '../../../weave/measure.ts';
import type { Area } from './areas.ts';
import { type Label, labelIn } from './label.ts';
import type { Layout } from './layout.ts';
import type { Mark } from './marks.ts';
import type { Source } from './source.ts';
import { useMapTexts } from './texts.ts';

const FONT_WEIGHT = 600;
const FONT_SIZE = 12;
const widthOf = (text: string) => measureText(text, FONT_WEIGHT, FONT_SIZE);

/** What is written on each area: its name and its group, or what of them there is room for. */
export function useLabels(
  layout: Layout | undefined,
  marks: readonly Mark[],
  kind: Source['kind'],
): ReadonlyMap<Area, Label> {
  const t = useMapTexts();
  const language = useLanguage();
  return useMemo(() => {
    const markOf = new Map(marks.map((mark) => [mark.area, mark]));
    const labels = new Map<Area, Label>();
    for (const shape of layout?.shapes ?? []) {
      const mark = markOf.get(shape.area);
      const { name = '', letters = '' } = shape.area.properties;
      // A square has room for the letters of GB/T 2260, not for "Inner Mongolia".
      const tile = language === 'zh' ? name : letters;
      const title = kind === 'provinces' ? tile : (mark?.name ?? name);
      const label = labelIn(shape, mark ? wordsOf(mark, title, t) : [[title]], widthOf);
      if (label) labels.set(shape.area, label);
    }
    return labels;
  }, [layout, marks, kind, language, t]);
}

function wordsOf({ score }: Mark, title: string, t: ReturnType<typeof useMapTexts>) {
  const group = score ? t('group_short', { group: score.tie_group }) : t('no_score_short');
  return [[title, group], [title], [group]];
}
