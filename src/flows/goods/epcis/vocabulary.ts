/**
 * The standard vocabularies of CBV 2.0 (section 7) and of the GS1 Web Vocabulary. Each value has
 * three writings: a bare word in JSON, `urn:epcglobal:cbv:…` and `https://ref.gs1.org/cbv/…` in
 * XML. The lists are those of the published JSON schema.
 */
export type Vocabulary =
  | 'bizStep'
  | 'disposition'
  | 'bizTransaction'
  | 'sourceDestination'
  | 'errorReason'
  | 'component'
  | 'measurement'
  | 'alert';

type Terms = { web: string; urn: string | null; words: ReadonlySet<string> };

const CBV = 'https://ref.gs1.org/cbv/';
export const GS1_VOCABULARY = 'https://gs1.org/voc/';
const set = (words: string) => new Set(words.split(' '));

const VOCABULARIES: Readonly<Record<Vocabulary, Terms>> = {
  bizStep: {
    web: `${CBV}BizStep-`,
    urn: 'urn:epcglobal:cbv:bizstep:',
    words: set(
      'accepting arriving assembling collecting commissioning consigning creating_class_instance ' +
        'cycle_counting decommissioning departing destroying disassembling dispensing encoding ' +
        'entering_exiting holding inspecting installing killing loading other packing picking ' +
        'receiving removing repackaging repairing replacing reserving retail_selling sampling ' +
        'sensor_reporting shipping staging_outbound stock_taking stocking storing transporting ' +
        'unloading unpacking void_shipping',
    ),
  },
  disposition: {
    web: `${CBV}Disp-`,
    urn: 'urn:epcglobal:cbv:disp:',
    words: set(
      'active available completeness_inferred completeness_verified conformant container_closed ' +
        'container_open damaged destroyed dispensed disposed encoded expired in_progress ' +
        'in_transit inactive mismatch_class mismatch_instance mismatch_quantity ' +
        'needs_replacement no_pedigree_match non_conformant non_sellable_other ' +
        'partially_dispensed recalled reserved retail_sold returned sellable_accessible ' +
        'sellable_not_accessible stolen unavailable unknown',
    ),
  },
  bizTransaction: {
    web: `${CBV}BTT-`,
    urn: 'urn:epcglobal:cbv:btt:',
    words: set('bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'),
  },
  sourceDestination: {
    web: `${CBV}SDT-`,
    urn: 'urn:epcglobal:cbv:sdt:',
    words: set('owning_party possessing_party location'),
  },
  errorReason: {
    web: `${CBV}ER-`,
    urn: 'urn:epcglobal:cbv:er:',
    words: set('did_not_occur incorrect_data'),
  },
  component: {
    web: `${CBV}Comp-`,
    urn: null,
    words: set(
      'x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting ' +
        'northing latitude longitude altitude',
    ),
  },
  measurement: {
    web: GS1_VOCABULARY,
    urn: null,
    words: set(
      'AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude ' +
        'AmountOfSubstance AmountOfSubstancePerUnitVolume Angle AngularAcceleration ' +
        'AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density ' +
        'Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ' +
        'ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force ' +
        'Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum ' +
        'Luminance LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity ' +
        'MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime ' +
        'MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure ' +
        'RadiantFlux RadiantIntensity RelativeHumidity Resistance Resistivity SolidAngle ' +
        'SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage ' +
        'Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber',
    ),
  },
  alert: { web: GS1_VOCABULARY, urn: null, words: set('ALARM_CONDITION ERROR_CONDITION') },
};

// Drafts of the standard and its JSON schema name this address too.
const OLDER_CBV = /^https?:\/\/(?:ns|ref)\.gs1\.org\/cbv\//;
const OLDER_GS1 = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;

/** The Web URI of a standard value in any of its writings; another URI is its own. */
export function webUri(vocabulary: Vocabulary, value: string): string {
  const { web, urn } = VOCABULARIES[vocabulary];
  if (!value.includes(':')) return web + value;
  if (urn !== null && value.startsWith(urn)) return web + value.slice(urn.length);
  return value.replace(OLDER_CBV, CBV).replace(OLDER_GS1, GS1_VOCABULARY);
}

/** The bare word of a standard value; undefined where it has none. */
export function bareWord(vocabulary: Vocabulary, value: string): string | undefined {
  const { web, words } = VOCABULARIES[vocabulary];
  if (words.has(value)) return value;
  const uri = webUri(vocabulary, value);
  const word = uri.startsWith(web) ? uri.slice(web.length) : '';
  return words.has(word) ? word : undefined;
}

/** `GS1-CBV-XML-Format` of the EPCIS 2.0 REST binding: how XML writes standard values. */
export type CbvFormat = 'No_Preference' | 'Always_Web_URI' | 'Always_URN' | 'Never_Translates';

/** A value as XML writes it: always a URI, for a bare word is none. */
export function xmlTerm(vocabulary: Vocabulary, value: string, format: CbvFormat): string {
  const word = bareWord(vocabulary, value);
  if (word === undefined) return value;
  const { web, urn } = VOCABULARIES[vocabulary];
  if (format === 'Always_URN' && urn !== null) return urn + word;
  const isBare = word === value;
  return isBare || format === 'Always_Web_URI' ? web + word : value;
}
