import type { IDataObject } from 'n8n-workflow';

/** A field before and after; `null` where the log does not say. */
export interface FieldChange {
	/** Name of the field in a record's history in Aha! */
	readonly field: string;
	readonly from: IDataObject[string];
	readonly to: IDataObject[string];
}

/** The log writes `Old &rarr; New`, or HTML that marks what was deleted and inserted. */
const ARROW = /\s*(?:&rarr;|→)\s*/;
const DELETED = /<span class="deleted">([\s\S]*?)<\/span>/g;
const INSERTED = /<span class="inserted">([\s\S]*?)<\/span>/g;

const ENTITIES: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&nbsp;': ' ',
	'&amp;': '&',
};

/** Parses one element of `changes` in an audit entry: `{ field_name, value }`. */
export function parseFieldChange({ field_name: name, value }: IDataObject): FieldChange {
	const field = String(name);
	if (typeof value !== 'string') return { field, from: null, to: value ?? null };
	if (/<span class="(deleted|inserted)">/.test(value)) {
		return {
			field,
			from: value.replace(INSERTED, '').replace(DELETED, '$1') || null,
			to: value.replace(DELETED, '').replace(INSERTED, '$1') || null,
		};
	}
	const arrow = ARROW.exec(value);
	if (!arrow) return { field, from: null, to: value };
	return {
		field,
		from: plainText(value.slice(0, arrow.index)) || null,
		to: plainText(value.slice(arrow.index + arrow[0].length)) || null,
	};
}

const plainText = (html: string): string =>
	html.replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity]).trim();
