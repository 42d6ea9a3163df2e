/**
 * A new idempotency key: 128 random bits in hexadecimal.
 * Not crypto.randomUUID, which pages on plain HTTP beyond loopback do not have.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
