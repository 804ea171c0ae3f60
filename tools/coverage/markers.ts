import type { NodeParameterValueType } from 'n8n-workflow';

import type { Field } from '../../nodes/Aha/schema/types';

/** A value to enter into a field, and how to recognize it in a request. */
export interface Marker {
	readonly typed: NodeParameterValueType;
	/** A request with the value contains all of these texts. Most kinds make them unique in a run. */
	readonly seen: readonly string[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2031, 0, 1);

const locator = (mode: string, value: string): NodeParameterValueType => ({
	__rl: true,
	mode,
	value,
});

/**
 * Creates a value for a field that is different from the values of other fields, if its kind allows.
 *
 * @param n a unique number of the field in the run
 */
export function markerFor(field: Field, n: number): Marker {
	const word = `marker-${n}x`;
	const id = String(7_000_000_000_000_000_000n + BigInt(n));
	switch (field.kind) {
		case 'text':
		case 'code':
			return { typed: word, seen: [word] };
		case 'status':
		case 'type':
		case 'named':
			return { typed: locator('name', word), seen: [word] };
		case 'html':
			return { typed: `<p>${word}</p>`, seen: [`<p>${word}</p>`] };
		case 'number':
			return { typed: 5000.5 + n, seen: [String(5000.5 + n)] };
		case 'integer':
		case 'estimate':
			return { typed: 5000 + n, seen: [String(5000 + n)] };
		case 'boolean':
			return { typed: !field.default, seen: [String(!field.default)] };
		case 'date': {
			const day = new Date(START + n * DAY).toISOString().slice(0, 10);
			return { typed: `${day}T00:00:00`, seen: [day] };
		}
		case 'dateTime': {
			const moment = new Date(START + n * MINUTE).toISOString();
			return { typed: moment, seen: [moment] };
		}
		case 'choice': {
			const { value } = field.choices.findLast(({ sent }) => sent === undefined) ?? { value: '' };
			return { typed: value, seen: [String(value)] };
		}
		case 'color': {
			const color = 0x10_00_00 + n;
			const hex = `#${color.toString(16)}`;
			return { typed: hex, seen: [field.asNumber ? String(color) : hex] };
		}
		case 'record':
		case 'linkedRecord':
			return { typed: locator('id', id), seen: [id] };
		case 'records':
			return { typed: [id, `${id}1`], seen: [id, `${id}1`] };
		case 'person':
			return { typed: locator('email', `${word}@example.com`), seen: [`${word}@example.com`] };
		case 'people':
			return { typed: [`${word}@example.com`], seen: [`${word}@example.com`] };
		case 'list':
		case 'names':
			return { typed: `${word}, ${word}y`, seen: [word, `${word}y`] };
		case 'json':
			return { typed: JSON.stringify({ marker: word }), seen: [word] };
	}
}
