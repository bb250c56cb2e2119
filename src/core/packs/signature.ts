import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Beside a manifest; it covers the bytes of the manifest, which names the hash of the patterns. */
export interface Signature {
  readonly algorithm: 'Ed25519';
  /** Public key: SPKI in DER, base64. */
  readonly key: string;
  /** Base64. */
  readonly signature: string;
}

/** A new private key: PKCS #8 in PEM. */
export function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** @param pem as `newSigningKey` makes it @throws what Node says of a key that is none */
export function signBytes(pem: string, bytes: Uint8Array): Signature {
  const privateKey = createPrivateKey(pem);
  const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const signature = sign(null, bytes, privateKey).toString('base64');
  return { algorithm: 'Ed25519', key: key.toString('base64'), signature };
}

/** Whether the signature is one of these bytes, by the key it names itself. */
export function isSignedBy({ key, signature }: Signature, bytes: Uint8Array): boolean {
  const publicKey = parseKey(key);
  if (publicKey?.asymmetricKeyType !== 'ed25519') return false;
  return verify(null, bytes, publicKey, Buffer.from(signature, 'base64'));
}

function parseKey(key: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(key, 'base64'), type: 'spki', format: 'der' });
  } catch {
    return undefined;
  }
}
