/** A certificate that expires within so many days is warned about. */
export const expiryWarningDays = 42;
