import { Marked } from 'marked';

/**
 * The build bundles marked into this module, so that the package needs no other: see gulpfile.js.
 *
 * @param keepsHtml whether HTML in the Markdown stays; it is shown as text otherwise
 */
export function markdownToHtml(markdown: string, keepsHtml: boolean): string {
	const escaped = { renderer: { html: ({ text }: { text: string }) => escapeHtml(text) } };
	const marked = new Marked({ gfm: true, breaks: true }, ...(keepsHtml ? [] : [escaped]));
	return marked.parse(markdown, { async: false }).trim();
}

/** Shows text as it is in HTML. */
export const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
