import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in constant time, whatever the length. */
export const isSameSecret = (given: unknown, expected: string): boolean =>
	typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
