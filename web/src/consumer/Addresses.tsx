import { Card } from '../controls/Card.tsx';
import type { ConsumerPage } from '../generated/api.ts';
import { CopyText } from '../identity/CopyText.tsx';
import { QrCode } from '../identity/QrCode.tsx';
import { addressOf } from '../kernel/api/ask.ts';
import { useLanguage } from '../kernel/i18n/texts.ts';
import { useConsumerTexts } from './texts.ts';

/** Where the page is looked at: as everybody sees it, or as they would. */
export function useLookAt(page: ConsumerPage): (lot?: string) => string {
  const language = useLanguage();
  const { product_id, path, is_shared } = page;
  return (lot) => {
    const query = { language, ...(lot === undefined ? {} : { lot }) };
    if (!is_shared) return addressOf('consumer_page.preview', { product_id }, query);
    return `${path}${lot === undefined ? '' : `/10/${encodeURIComponent(lot)}`}`;
  };
}

/** Where the codes on packs lead, and the page as others see it, or would. */
export function Addresses({ page }: { page: ConsumerPage }) {
  const t = useConsumerTexts();
  const lookAt = useLookAt(page);
  const { gtin, path, address, recent_lots, is_shared } = page;
  if (path === null) return null;
  const codeOf = (lot: string) =>
    addressOf(
      'label.symbol',
      {},
      {
        kind: 'digital_link_qr',
        item: `https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(lot)}`,
      },
    );
  const text = address ?? `${window.location.origin}${path}`;
  return (
    <Card title={t('code')} note={t('code_note')}>
      <div className="scan-code">
        <QrCode text={text} label={t('code_label')} />
        <CopyText text={text} />
      </div>
      {recent_lots.length > 0 && (
        <>
          <h3>{t('lots')}</h3>
          <ul className="setting-rows scan-lots">
            {recent_lots.map((lot) => (
              <li key={lot} className="setting-row">
                <span className="strong">{lot}</span>
                <span className="setting-actions">
                  <a
                    className="button is-plain is-small"
                    href={lookAt(lot)}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {t(is_shared ? 'open_lot' : 'preview')}
                  </a>
                  <a
                    className="button is-plain is-small"
                    href={codeOf(lot)}
                    download={`${lot}.svg`}
                  >
                    {t('print')}
                  </a>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
