import { escapeHtml, markdownToHtml } from '../../../vendor/markdown';

/** What a person says of the rich text that they give; `detect` looks at the text itself. */
export type TextFormat = 'detect' | 'html' | 'markdown' | 'plain';

/** Rich text as Aha! takes it: HTML. */
export function toHtml(text: string, format: TextFormat): string {
	switch (format) {
		case 'html':
			return text;
		case 'markdown':
			return markdownToHtml(text, true);
		case 'plain':
			return paragraphs(text);
		default:
			return detected(text);
	}
}

/** HTML stays as it is, Markdown becomes HTML where it is beyond doubt, and the rest is plain text. */
function detected(text: string): string {
	if (IS_HTML.test(text)) return text;
	// Here, `<` is part of the text.
	const isMarkdown = text.length <= MOST_MARKDOWN && MARKDOWN.some((mark) => mark.test(text));
	if (isMarkdown) return markdownToHtml(text, false);
	return /[<>&\r\n]/.test(text) ? paragraphs(text) : text;
}

/** A tag that an editor writes, or an entity. `a < b`, `<jo@x.com>` and `<Key>` are none. */
const IS_HTML =
	/<\/?(?:p|br|div|span|a|b|strong|i|em|u|s|strike|del|ins|mark|sub|sup|small|font|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|pre|code|blockquote|img|hr|figure|iframe|video|html|body)(?:\s[^<>]*)?\/?>|&(?:#\d{1,6}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/i;

/** Longest text that is looked through for Markdown: nobody writes more by hand. */
const MOST_MARKDOWN = 100_000;

/** What people write in Markdown only: not `2 * 3`, `#12`, a single `-` or `snake_case`. */
const MARKDOWN: readonly RegExp[] = [
	// A heading.
	/^#{1,6} \S/m,
	// A list of two or more.
	/^(?:[-*+]|\d{1,3}\.) \S.*\r?\n(?:[-*+]|\d{1,3}\.) \S/m,
	// Bold text.
	/\*\*[^\s*][^*\n]{0,500}\*\*/,
	// A link.
	/\[[^[\]\n]{1,300}\]\(https?:\/\/[^\s()]{1,2000}\)/,
	// A block of code.
	/^```/m,
];

/** Blank lines end a paragraph, other ends of lines stay. */
const paragraphs = (text: string): string =>
	escapeHtml(text)
		.replaceAll('\r\n', '\n')
		.trim()
		.split(/\n[ \t]*\n\s*/)
		.map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
		.join('');

/** The text of rich text: a line for each paragraph, list item and row of a table. */
export const toText = (html: string): string =>
	html
		.replace(/<(?:br|hr)\b[^<>]*>|<\/(?:p|div|h[1-6]|ul|ol|li|tr|pre|blockquote)>/gi, '\n')
		.replace(/<li\b[^<>]*>/gi, '- ')
		.replace(/<\/t[dh]>/gi, ' ')
		.replace(/<\/?[a-z][^<>]*>/gi, '')
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, decodeEntity)
		.replace(/[ \t\r\u00a0]+/g, ' ')
		.replace(/ ?\n[ \n]*/g, '\n')
		.trim();

/** The entities that HTML itself needs, and the space that editors write. */
const ENTITIES: { readonly [name: string]: string | undefined } = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

const MOST_CODE_POINT = 0x10ffff;

function decodeEntity(entity: string, decimal?: string, hex?: string, name?: string): string {
	if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
	const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
	return code <= MOST_CODE_POINT ? String.fromCodePoint(code) : entity;
}
