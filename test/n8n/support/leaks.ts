/** The encodings in which a secret could appear. */
function encodingsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	// Base64 of a secret within a longer text: the part that does not depend on its neighbours.
	const base64 = [0, 1, 2].map((shift) => {
		const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
		const start = shift === 0 ? 0 : shift + 1;
		return text.slice(start, Math.floor(((shift + bytes.length) * 4) / 3));
	});
	return [
		...new Set([
			secret,
			encodeURIComponent(secret),
			bytes.toString('hex'),
			...base64,
			...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
		]),
	];
}

/**
 * Searches texts byte by byte for secrets, also base64, hexadecimal and URL-encoded.
 *
 * @param places the contents to search, by a name for the report
 * @param secrets by a name for the report, which does not show the secret
 * @returns one sentence for each place that holds a secret
 */
export function leaks(
	places: Readonly<Record<string, Buffer | string>>,
	secrets: Readonly<Record<string, string>>,
): string[] {
	return Object.entries(places).flatMap(([place, content]) => {
		const bytes = Buffer.from(content as string);
		return Object.entries(secrets)
			.filter(([, secret]) => encodingsOf(secret).some((encoded) => bytes.includes(encoded)))
			.map(([name]) => `${place} holds ${name}`);
	});
}
