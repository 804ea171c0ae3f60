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
