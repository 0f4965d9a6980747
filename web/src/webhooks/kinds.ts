/** The patterns that somebody wrote with blanks, commas or line breaks between them. */
export const kindsIn = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean);
