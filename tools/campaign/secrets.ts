/** The ways in which a secret can appear in a text. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	// In Base64, what comes before a secret moves its bits: three alignments.
	const base64 = [0, 1, 2].flatMap((offset) => {
		const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		const inner = encoded.slice(Math.ceil((offset * 4) / 3), -4);
		return [inner, inner.replace(/\+/g, '-').replace(/\//g, '_')];
	});
	const json = JSON.stringify(secret).slice(1, -1);
	return [secret, encodeURIComponent(secret), json, bytes.toString('hex'), ...base64];
}

/** Looks for secrets in texts: raw, URL-encoded, in JSON, in Base64 and in hexadecimal. */
export class SecretFinder {
	private readonly forms = new Set<string>();

	add(secret: string): void {
		for (const form of formsOf(secret)) this.forms.add(form);
	}

	/** @returns the text around each secret, with the secret left out */
	find(text: string): string[] {
		return [...this.forms].flatMap((form) => {
			const at = text.indexOf(form);
			return at < 0 ? [] : [`${text.slice(Math.max(0, at - 80), at)}…`];
		});
	}
}
