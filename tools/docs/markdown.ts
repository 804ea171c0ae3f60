import { marked, type Token, type Tokens } from 'marked';

import { anchorOf } from './anchor';

/** What checks need to know of a page in Markdown. */
export interface Page {
	/** The targets of its links and pictures, as they are written. */
	readonly links: readonly string[];
	/** The anchors of its headings. */
	readonly anchors: readonly string[];
	/** Its `code`, without what is in blocks. */
	readonly codeSpans: readonly string[];
	/** Its blocks of code, with their language. */
	readonly blocks: ReadonlyArray<{ readonly language: string; readonly text: string }>;
}

/** Reads a page. */
export function readPage(markdown: string): Page {
	const page = {
		links: [] as string[],
		anchors: [] as string[],
		codeSpans: [] as string[],
		blocks: [] as Array<{ language: string; text: string }>,
	};
	marked.walkTokens(marked.lexer(markdown), (token) => {
		if (isLink(token)) page.links.push(token.href);
		if (isHeading(token)) page.anchors.push(unused(anchorOf(textOf(token.tokens)), page.anchors));
		if (token.type === 'codespan') page.codeSpans.push((token as Tokens.Codespan).text);
		if (token.type === 'code') {
			const { lang = '', text } = token as Tokens.Code;
			page.blocks.push({ language: lang, text });
		}
		if (token.type === 'html') page.links.push(...addressesIn((token as Tokens.HTML).text));
	});
	return page;
}

const isLink = (token: Token): token is Tokens.Link | Tokens.Image =>
	token.type === 'link' || token.type === 'image';

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

/** What a reader sees of tokens. */
export const textOf = (tokens: readonly Token[]): string =>
	tokens
		.map((token) => {
			if ('tokens' in token && token.tokens) return textOf(token.tokens);
			return 'text' in token ? String(token.text) : '';
		})
		.join('');

/** GitHub numbers headings with the same text. */
function unused(anchor: string, taken: readonly string[]): string {
	if (!taken.includes(anchor)) return anchor;
	let number = 1;
	while (taken.includes(`${anchor}-${number}`)) number++;
	return `${anchor}-${number}`;
}

const addressesIn = (html: string): string[] =>
	[...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
