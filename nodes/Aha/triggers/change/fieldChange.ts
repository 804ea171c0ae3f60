import type { IDataObject } from 'n8n-workflow';

import { decodeEntities } from './entities';
import { textOf, valueOf } from './values';

/** A field before and after; `null` where the log does not say. */
export interface FieldChange {
	/** Name of the field in a record's history in Aha! */
	readonly field: string;
	readonly from: IDataObject[string];
	readonly to: IDataObject[string];
}

/** Parses one element of `changes` in an audit entry: `{ field_name, value }`. */
export function parseFieldChange({ field_name: name, value }: IDataObject): FieldChange {
	const field = textOf(name) ?? '';
	if (typeof value !== 'string') return { field, from: null, to: valueOf(value) };
	const [from, to] = markedTexts(value) ?? arrowTexts(value) ?? [null, plainText(value)];
	return { field, from, to };
}

type Texts = readonly [from: string | null, to: string | null];

const ARROWS = ['&rarr;', '→'];

/** The two texts of `Old &rarr; New`. */
function arrowTexts(value: string): Texts | undefined {
	const found = ARROWS.map((arrow) => ({ arrow, at: value.indexOf(arrow) }))
		.filter(({ at }) => at >= 0)
		.sort((a, b) => a.at - b.at);
	if (found.length === 0) return undefined;
	const [{ arrow, at }] = found;
	const [from, to] = [value.slice(0, at), value.slice(at + arrow.length)];
	return [decodeEntities(from).trim() || null, decodeEntities(to).trim() || null];
}

/** Any tag of a span. It ends before the next tag begins, so that reading stays linear. */
const SPAN = /(<\/?span\b[^<>]*>)/;
const MARK = /^<span class="(deleted|inserted)">$/;

type Mark = 'deleted' | 'inserted';

interface OpenSpan {
	/** None for a span that means something else. */
	readonly mark?: Mark;
	/** The innermost mark that is open. */
	readonly inside?: Mark;
}

/** The two texts of HTML that marks what was deleted and inserted. */
function markedTexts(value: string): Texts | undefined {
	const parts = value.split(SPAN);
	if (!parts.some((part) => MARK.test(part))) return undefined;
	const from: string[] = [];
	const to: string[] = [];
	const open: OpenSpan[] = [];
	for (const part of parts) {
		const mark = MARK.exec(part)?.[1] as Mark | undefined;
		const isStart = part.startsWith('<span');
		if (isStart) open.push({ mark, inside: mark ?? open.at(-1)?.inside });
		const closes = part === '</span>' && open.length > 0;
		const isMark = (closes ? open.at(-1)?.mark : mark) !== undefined;
		const inside = open.at(-1)?.inside;
		if (!isMark && inside !== 'inserted') from.push(part);
		if (!isMark && inside !== 'deleted') to.push(part);
		if (closes) open.pop();
	}
	return [from.join('') || null, to.join('') || null];
}

/** Plain text decoded; HTML as it is. */
const plainText = (value: string): string =>
	/<\/?[a-z]/i.test(value) ? value : decodeEntities(value);
