/** Characters that the passphrase of a backup must have at least. */
export const shortestPassphrase = 8;
