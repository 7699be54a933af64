/** A name as it is written, and in the letters of account names when those cannot be derived. */
export type Name = string | readonly [written: string, latin: string];

export interface Office {
  city: string;
  country: string;
  /** The language of the people there, as in the attribute preferredLanguage. */
  language: string;
  givenNames: readonly Name[];
  surnames: readonly Name[];
  /** Numbers of a person by their place in the company; all are valid for the country. */
  business(index: number): string;
  mobile(index: number): string;
}

const digits = (index: number, length: number) => String(index).padStart(length, '0');

/** Where the people of the sample company work. The larger an office, the more names it has. */
export const offices: readonly Office[] = [
  {
    city: 'Seattle',
    country: 'US',
    language: 'en-US',
    givenNames: ['Ada', 'Ben', 'Carla', 'Derek', 'Ella', 'Frank', 'Gina', 'Hank', 'Ivy', 'Jack', 'Kate'],
    surnames: [
      'Smith',
      'Johnson',
      'Brown',
      'Davis',
      'Miller',
      'Wilson',
      'Moore',
      "O'Brien",
      'Clark',
      'Young',
    ],
    business: (index) => `+1 425-555-01${digits(index % 100, 2)} x${digits(index, 3)}`,
    mobile: (index) => `(${[206, 253, 360, 509][index % 4]}) 555-01${digits(Math.floor(index / 4), 2)}`,
  },
  {
    city: 'München',
    country: 'DE',
    language: 'de-DE',
    givenNames: ['Jürgen', 'Käthe', 'Lukas', 'Martina', 'Björn', 'Sabine', 'Uwe', 'Petra', 'Jörg'],
    surnames: ['Müller', 'Weiß', 'Schäfer', 'Becker', 'Köhler', 'Groß', 'Hoffmann', 'Vogel'],
    business: (index) => `+49 89 23456-${digits(index, 3)}`,
    mobile: (index) => `+49 1512 3512${digits(index, 3)}`,
  },
  {
    city: 'Paris',
    country: 'FR',
    language: 'fr-FR',
    givenNames: ['Chloé', 'François', 'Hélène', 'Luc', 'Margaux', 'Noël', 'Zoé'],
    surnames: ['Lefèvre', 'Moreau', 'Dubois', 'Gérard', "D'Arcy", 'Bernard'],
    business: (index) => `+33 1 70 18 0${index % 10} ${digits(Math.floor(index / 10), 2)}`,
    mobile: (index) => `+33 6 12 34 0${index % 10} ${digits(Math.floor(index / 10), 2)}`,
  },
  {
    city: '東京',
    country: 'JP',
    language: 'ja-JP',
    givenNames: [
      ['陽子', 'yoko'],
      ['健一', 'kenichi'],
      ['美咲', 'misaki'],
      ['大輔', 'daisuke'],
      ['さくら', 'sakura'],
    ],
    surnames: [
      ['田中', 'tanaka'],
      ['佐藤', 'sato'],
      ['鈴木', 'suzuki'],
      ['高橋', 'takahashi'],
    ],
    business: (index) => `+81 3-4510-0${digits(index, 3)}`,
    mobile: (index) => `+81 90-5555-0${digits(index, 3)}`,
  },
  {
    city: 'Madrid',
    country: 'ES',
    language: 'es-ES',
    givenNames: ['María', 'José', 'Lucía', 'Íñigo', 'Begoña'],
    surnames: ['García', 'Núñez', 'Ibáñez', 'Muñoz', 'de la Cruz'],
    business: (index) => `+34 912 345 ${digits(index, 3)}`,
    mobile: (index) => `+34 612 345 ${digits(index, 3)}`,
  },
  {
    city: 'Milano',
    country: 'IT',
    language: 'it-IT',
    givenNames: ['Giulia', 'Niccolò', 'Chiara', 'Luca'],
    surnames: ['Rossi', 'Ferrari', "D'Angelo", 'Esposito'],
    business: (index) => `+39 02 5550 1${digits(index, 3)}`,
    mobile: (index) => `+39 312 345 6${digits(index, 3)}`,
  },
  {
    city: 'Amsterdam',
    country: 'NL',
    language: 'nl-NL',
    givenNames: ['Daan', 'Sanne', 'Thijs', 'Fenna'],
    surnames: ['de Vries', 'van den Berg', 'Bakker', 'Jansen'],
    business: (index) => `+31 20 794 0${digits(index, 3)}`,
    mobile: (index) => `+31 6 12345${digits(index, 3)}`,
  },
  {
    city: 'São Paulo',
    country: 'BR',
    language: 'pt-BR',
    givenNames: ['João', 'Inês', 'Tomás', 'Conceição'],
    surnames: ['Silva', 'Gonçalves', 'Araújo', 'Assunção'],
    business: (index) => `+55 11 3555-0${digits(index, 3)}`,
    mobile: (index) => `+55 11 95550-0${digits(index, 3)}`,
  },
];

/** The office of a person: two fifths of the company sit in Seattle, a fifth in Munich. */
export function officeOf(index: number): Office {
  const shares = [0, 1, 0, 2, 0, 3, 0, 1, 4, 0, 5, 0, 1, 6, 0, 7, 0, 2, 1, 3];
  const office = offices[shares[index % shares.length] ?? 0];
  if (office === undefined) throw new RangeError('A share names an office that does not exist.');
  return office;
}
