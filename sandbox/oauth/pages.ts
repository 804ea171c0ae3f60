/** Escapes text for HTML. */
const escape = (text: string): string =>
	text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `body{font:15px/1.5 sans-serif;background:#f4f6f9;color:#223;margin:0}
main{max-width:380px;margin:12vh auto;background:#fff;border-radius:8px;padding:32px;box-shadow:0 1px 4px #0002}
h1{font-size:20px;margin:0 0 16px}label{display:block;margin:12px 0}
input{display:block;width:100%;box-sizing:border-box;padding:8px;font:inherit}
button{font:inherit;padding:8px 18px;margin:16px 8px 0 0;cursor:pointer}.error{color:#b00020}`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)} | Aha!</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>
${content}
</main></body></html>
`;

const hidden = (fields: Readonly<Record<string, string>>): string =>
	Object.entries(fields)
		.map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
		.join('\n');

/** A page with a message. */
export const messagePage = (title: string, message: string): string =>
	page(title, `<p>${escape(message)}</p>`);

/** @param returnTo the page of this account to show after the sign-in */
export const signInPage = (host: string, returnTo: string, error = ''): string =>
	page(
		`Sign in to ${host}`,
		`${error === '' ? '' : `<p class="error" role="alert">${escape(error)}</p>`}
<form method="post" action="/session">
${hidden({ return_to: returnTo })}
<label>Email <input type="email" name="email" autocomplete="username" required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button>
</form>`,
	);

/** @param fields hidden fields to send with the decision */
export const consentPage = (
	host: string,
	person: string,
	fields: Readonly<Record<string, string>>,
): string =>
	page(
		'Authorize access to your account',
		`<p>The application <strong>${escape(fields.client_id)}</strong> asks to use <strong>${escape(host)}</strong> as ${escape(person)}.</p>
<form method="post" action="/oauth/authorize">
${hidden(fields)}
<button type="submit" name="decision" value="allow">Authorize</button>
<button type="submit" name="decision" value="deny">Deny</button>
</form>`,
	);
