import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Place } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { nameOf } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import type { Column } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { KeepStock } from './KeepStock.tsx';
import { useIdentityTexts } from './texts.ts';

const KINDS = ['warehouse', 'cold_store', 'factory', 'shop', 'farm', 'depot'] as const;

export function Places() {
  const t = useIdentityTexts();
  const may = useMay();
  const { party } = useSession();
  const [adding, setAdding] = useState(false);
  const [keeping, setKeeping] = useState<Place | null>(null);
  const columns = useColumns(setKeeping);
  return (
    <>
      {may('goods.place.create') && (
        <div>
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('add_place')}
          </Button>
        </div>
      )}
      <DataList<Place>
        path="/api/v1/places"
        fixed={{ owner_id: party.id }}
        columns={columns}
        rowKey={({ id }) => id}
        name={t('export_places')}
        empty={<Empty title={t('none_places')}>{t('none_places_more')}</Empty>}
      />
      <Drawer open={adding} title={t('add_place')} onClose={() => setAdding(false)}>
        <PlaceForm onDone={() => setAdding(false)} />
      </Drawer>
      <Drawer open={keeping !== null} title={t('keep_title')} onClose={() => setKeeping(null)}>
        {keeping && <KeepStock place={keeping} onDone={() => setKeeping(null)} />}
      </Drawer>
    </>
  );
}

function useColumns(onKeep: (place: Place) => void): Column<Place>[] {
  const t = useIdentityTexts();
  const read = useBilingual();
  const may = useMay();
  const position = ({ lon, lat }: Place) =>
    lon !== null && lat !== null ? `${Number(lon)}, ${Number(lat)}` : '–';
  return [
    {
      id: 'name',
      label: t('place_name'),
      card: 'title',
      cell: (row) => read(nameOf(row)),
      text: (row) => read(nameOf(row)),
    },
    {
      id: 'kind',
      label: t('place_kind'),
      card: 'aside',
      cell: ({ kind }) => t(`kind_${kind}`),
      text: ({ kind }) => t(`kind_${kind}`),
    },
    {
      id: 'address',
      label: t('address'),
      cell: ({ address }) => address ?? '–',
      text: ({ address }) => address ?? '',
    },
    { id: 'gln', label: t('gln'), cell: ({ gln }) => gln ?? '–', text: ({ gln }) => gln ?? '' },
    {
      id: 'kept_by',
      label: t('keep_by'),
      cell: (row) => (
        <span className="row">
          {t(`kept_${row.stock_kept_by ?? 'platform'}`)}
          {may('goods.place.keep_stock') && (
            <Button size="small" onClick={() => onKeep(row)}>
              {t('keep')}
            </Button>
          )}
        </span>
      ),
      text: ({ stock_kept_by }) => t(`kept_${stock_kept_by ?? 'platform'}`),
    },
    {
      id: 'position',
      label: `${t('lon')}, ${t('lat')}`,
      figure: true,
      cell: position,
      text: position,
    },
  ];
}

const DEGREES = /^-?\d{1,3}(\.\d+)?$/;
const EMPTY = {
  name_zh: '',
  name_en: '',
  kind: 'warehouse',
  address: '',
  gln: '',
  lon: '',
  lat: '',
};

function PlaceForm({ onDone }: { onDone: () => void }) {
  const t = useIdentityTexts();
  const [entry, setEntry] = useState(EMPTY);
  const add = useCommand('place.create', () => {
    sayDone(t('place_done'));
    onDone();
  });
  const degrees = (typed: string) => typed.trim() === '' || DEGREES.test(typed.trim());
  const set = (change: Partial<typeof EMPTY>) => setEntry({ ...entry, ...change });
  const kind = KINDS.find((one) => one === entry.kind) ?? 'warehouse';
  const given = (text: string) => text.trim() || undefined;
  return (
    <StepForm
      submit={t('save')}
      busy={add.isPending}
      error={add.error}
      disabled={!entry.name_zh.trim() || !degrees(entry.lon) || !degrees(entry.lat)}
      onSubmit={() => add.mutate({ body: bodyOf(entry, kind, given) })}
    >
      <TextField
        label={t('place_name')}
        value={entry.name_zh}
        onChange={(name_zh) => set({ name_zh })}
      />
      <TextField
        label={t('place_name_en')}
        optional
        value={entry.name_en}
        onChange={(name_en) => set({ name_en })}
      />
      <SelectField
        label={t('place_kind')}
        options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))}
        value={kind}
        onChange={(next) => set({ kind: next })}
      />
      <TextField
        label={t('address')}
        optional
        value={entry.address}
        onChange={(address) => set({ address })}
      />
      <TextField label={t('gln')} optional value={entry.gln} onChange={(gln) => set({ gln })} />
      <div className="entry-pair">
        {(['lon', 'lat'] as const).map((axis) => (
          <TextField
            key={axis}
            label={t(axis)}
            optional
            inputMode="decimal"
            suffix="°"
            value={entry[axis]}
            fault={degrees(entry[axis]) ? undefined : t('fault_number')}
            onChange={(typed) => set({ [axis]: typed })}
          />
        ))}
      </div>
    </StepForm>
  );
}

function bodyOf(
  entry: typeof EMPTY,
  kind: (typeof KINDS)[number],
  given: (text: string) => string | undefined,
) {
  const { name_zh, lon, lat } = entry;
  const [name_en, address, gln] = [given(entry.name_en), given(entry.address), given(entry.gln)];
  return {
    name_zh: name_zh.trim(),
    kind,
    ...(name_en ? { name_en } : {}),
    ...(address ? { address } : {}),
    ...(gln ? { gln } : {}),
    ...(lon.trim() ? { lon: Number(lon) } : {}),
    ...(lat.trim() ? { lat: Number(lat) } : {}),
  };
}
