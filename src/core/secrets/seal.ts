import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MfaError } from '../errors.ts';

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret with AES-256-GCM and a fresh nonce. `identity` says what the secret belongs to; a sealed
 * value moved to another row no longer opens.
 * @returns nonce, authentication tag and cipher text, in this order
 */
export function seal(key: Buffer, identity: string, secret: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(identity));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/**
 * Opens what {@link seal} made.
 * @throws {MfaError} `secret.unreadable` when key or identity are others, or the value was changed
 */
export function unseal(key: Buffer, identity: string, sealed: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(identity));
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = decipher.update(sealed.subarray(nonceBytes + tagBytes));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new MfaError('secret.unreadable', `The stored secret "${identity}" cannot be opened.`, {
      advice:
        'The master key is not the one it was sealed with: restore the right key, or enter the secret again.',
      cause,
    });
  }
}
