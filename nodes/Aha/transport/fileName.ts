/**
 * The file name in a Content-Disposition header, in whatever form servers write it (RFC 6266, 8187,
 * 2231 and 2047).
 *
 * @param header as the HTTP client gives it: its bytes as Latin-1
 * @returns undefined when it names no file; it may contain folders
 */
export function fileNameIn(header: unknown): string | undefined {
	const parameters = parametersOf(String(header ?? ''));
	const encoded = parameters.get('filename*');
	return (
		(encoded && decodeExtended(encoded)) ||
		decodeParts(parameters) ||
		decodePlain(parameters.get('filename') ?? '') ||
		undefined
	);
}

/** Name and value of each parameter; a value may be in quotes, with escaped characters. */
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)/g;

function parametersOf(header: string): Map<string, string> {
	const found = [...`;${header}`.matchAll(PARAMETER)];
	return new Map(found.reverse().map(([, key, value]) => [key.toLowerCase(), unquoted(value)]));
}

const unquoted = (value: string): string =>
	value.startsWith('"') ? value.slice(1).replace(/\\(.)|"$/g, '$1') : value.trim();

/** A value such as `UTF-8'en'%C3%BC.txt`; undefined when it is none, or has bytes that are not. */
function decodeExtended(value: string): string | undefined {
	const [, charset, content] = value.match(/^([^']*)'[^']*'(.*)$/) ?? [];
	return content === undefined ? undefined : decodeBytes(percentBytes(content), charset);
}

/** A name in parts: `filename*0="long "; filename*1="name.txt"`. */
function decodeParts(parameters: ReadonlyMap<string, string>): string | undefined {
	let name = '';
	for (let part = 0; ; part++) {
		const value = parameters.get(`filename*${part}`) ?? parameters.get(`filename*${part}*`);
		if (value === undefined) break;
		name += value;
	}
	return decodeExtended(name) ?? decodePlain(name);
}

/** A name as it is, in an encoded word of email, or with the percent signs of a URL. */
function decodePlain(value: string): string {
	const [, charset, kind, content] = value.match(/^=\?([^?]+)\?([bq])\?([^?]*)\?=$/i) ?? [];
	if (content !== undefined) {
		const bytes =
			kind.toLowerCase() === 'b'
				? Buffer.from(content, 'base64')
				: percentBytes(content.replaceAll('_', ' ').replaceAll('=', '%'));
		return decodeBytes(bytes, charset) ?? value;
	}
	return decodeExtended(value) ?? decodeBytes(percentBytes(value), 'utf-8') ?? value;
}

const percentBytes = (text: string): Buffer =>
	Buffer.from(
		text.replace(/%([\da-f]{2})/gi, (_, digits: string) =>
			String.fromCharCode(parseInt(digits, 16)),
		),
		'latin1',
	);

function decodeBytes(bytes: Buffer, charset: string): string | undefined {
	try {
		return new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
