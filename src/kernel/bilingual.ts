/** A text for people, in the two languages the product speaks. */
export type Bilingual = { readonly zh: string; readonly en: string };
