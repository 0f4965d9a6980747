import { ConfigProvider, DatePicker } from 'antd';
import english from 'antd/es/locale/en_GB.js';
import chinese from 'antd/es/locale/zh_CN.js';
import dayjs from 'dayjs';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/zh-cn';
import 'virtual:antd.css';
import { useLanguage } from '../kernel/i18n/texts.ts';
import { ANTD_KEY } from './antd-key.ts';
import './antd.css';
import type { DateInputProps } from './DateInput.tsx';
import { Icon } from './Icon.tsx';
import { useControlTexts } from './texts.ts';

const THEME = { zeroRuntime: true, hashed: false, cssVar: { key: ANTD_KEY } };
const LANGUAGES = {
  zh: { locale: chinese, day: 'zh-cn' },
  en: { locale: english, day: 'en-gb' },
};
const FORM = 'YYYY-MM-DD';

/** antd's calendar; loaded when the first date is asked for. */
export default function PickedDate(props: DateInputProps) {
  const t = useControlTexts();
  const { locale, day } = LANGUAGES[useLanguage()];
  const { label, value, onChange, placeholder, earliest, disabled, id, describedBy } = props;
  return (
    <ConfigProvider theme={THEME} locale={locale}>
      <DatePicker
        {...(id ? { id } : {})}
        className="input"
        aria-label={label}
        aria-describedby={describedBy}
        status={props.invalid ? 'error' : ''}
        value={value ? dayjs(value, FORM).locale(day) : null}
        placeholder={placeholder ?? t('choose_date')}
        {...(earliest ? { minDate: dayjs(earliest, FORM) } : {})}
        disabled={disabled ?? false}
        format={FORM}
        suffixIcon={<Icon name="calendar" size={16} />}
        allowClear={{ clearIcon: <Icon name="close" size={14} /> }}
        prevIcon={<Icon name="back" size={14} />}
        nextIcon={<Icon name="forward" size={14} />}
        superPrevIcon={null}
        superNextIcon={null}
        onChange={(_, text) => onChange(typeof text === 'string' ? text : '')}
      />
    </ConfigProvider>
  );
}
