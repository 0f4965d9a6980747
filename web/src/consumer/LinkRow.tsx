import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { LINK_TYPES, type LinkType, type OwnLink, useLinkTypeTexts } from './link-types.ts';
import { useConsumerTexts } from './texts.ts';

type Props = { link: OwnLink; onChange: (link: OwnLink) => void; onRemove: () => void };

/** A value that may be left out: an empty entry is none. */
function without<Name extends 'title_en' | 'language'>(link: OwnLink, name: Name): OwnLink {
  const { [name]: _, ...rest } = link;
  return rest as OwnLink;
}

/** One link of the owner's: of what type, where to, and what it is called. */
export function LinkRow({ link, onChange, onRemove }: Props) {
  const t = useConsumerTexts();
  const type = useLinkTypeTexts();
  const languages = (['zh', 'en'] as const).map((value) => ({ value, label: t(value) }));
  return (
    <fieldset className="scan-link">
      <legend className="hidden-text">{link.title_zh || t('add_link')}</legend>
      <div className="entry-pair">
        <SelectField
          label={t('link_type')}
          options={LINK_TYPES.map((value) => ({ value, label: type(value) }))}
          value={link.type}
          onChange={(value) => onChange({ ...link, type: value as LinkType })}
        />
        <SelectField
          label={t('link_language')}
          options={languages}
          placeholder={t('any_language')}
          value={link.language ?? ''}
          onChange={(value) =>
            onChange(
              value === ''
                ? without(link, 'language')
                : { ...link, language: value as 'zh' | 'en' },
            )
          }
        />
      </div>
      <TextField
        label={t('link_href')}
        type="url"
        inputMode="url"
        value={link.href}
        onChange={(href) => onChange({ ...link, href })}
      />
      <div className="entry-pair">
        <TextField
          label={t('link_title')}
          value={link.title_zh}
          onChange={(title_zh) => onChange({ ...link, title_zh })}
        />
        <TextField
          label={t('link_title_en')}
          optional
          value={link.title_en ?? ''}
          onChange={(title_en) =>
            onChange(title_en === '' ? without(link, 'title_en') : { ...link, title_en })
          }
        />
      </div>
      <div className="scan-link-foot">
        <label className="scan-default small">
          <input
            type="checkbox"
            checked={link.is_default ?? false}
            onChange={({ target }) => onChange({ ...link, is_default: target.checked })}
          />
          {t('link_default')}
        </label>
        <Button size="small" onClick={onRemove}>
          {t('remove_link')}
        </Button>
      </div>
    </fieldset>
  );
}
