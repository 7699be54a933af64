/** What a piece of text means. Screens name meanings; only the theme knows colours. */
export type Token =
  | 'text'
  | 'dim'
  | 'heading'
  | 'selection'
  | 'accent'
  | 'ok'
  | 'warning'
  | 'error'
  | 'border'
  | 'disabled';

/** The 16 colours that every terminal names itself. */
export type ColourName =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'blackBright'
  | 'redBright'
  | 'greenBright'
  | 'yellowBright'
  | 'blueBright'
  | 'magentaBright'
  | 'cyanBright'
  | 'whiteBright';

/** How a token is drawn. The only background there is comes from `isInverse`. */
export interface Style {
  readonly colour?: ColourName;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isInverse?: boolean;
  readonly isUnderlined?: boolean;
}
