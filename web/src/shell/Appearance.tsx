import { Choice } from '../controls/Choice.tsx';
import { changeLanguage, type Language } from '../kernel/i18n/language.ts';
import { useLanguage } from '../kernel/i18n/texts.ts';
import { changeTheme, THEMES, useTheme } from '../kernel/theme/theme.ts';
import { useShellTexts } from './texts.ts';

const NAMES: readonly { value: Language; label: string }[] = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
];

/** Language and theme. A language is named in itself, for who cannot read the other one. */
export function Appearance() {
  const t = useShellTexts();
  return (
    <div className="appearance">
      <Choice
        label={t('language')}
        options={NAMES}
        value={useLanguage()}
        onChange={changeLanguage}
      />
      <Choice
        label={t('theme')}
        options={THEMES.map((value) => ({ value, label: t(value) }))}
        value={useTheme()}
        onChange={changeTheme}
      />
    </div>
  );
}
