import type { NodeParameterValueType } from 'n8n-workflow';

import type { Field } from '../../nodes/Aha/schema/types';

/** What is typed into one field, and how to know it again in a request. */
export interface Marker {
	readonly typed: NodeParameterValueType;
	/** All of these texts stand where the value went; distinct in one run but for few kinds. */
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
 * A value for a field, unlike those of all other fields where its kind allows.
 *
 * @param n a number that no other field of the run has
 */
export function markerFor(field: Field, n: number): Marker {
	const word = `marker-${n}x`;
	const id = String(7_000_000_000_000_000_000n + BigInt(n));
	switch (field.kind) {
		case 'text':
		case 'status':
			return { typed: word, seen: [word] };
		case 'html':
			return { typed: `<p>${word}</p>`, seen: [`<p>${word}</p>`] };
		case 'number':
			return { typed: 5000.5 + n, seen: [String(5000.5 + n)] };
		case 'integer':
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
			return { typed: locator('id', id), seen: [id] };
		case 'records':
			return { typed: [id, `${id}1`], seen: [id, `${id}1`] };
		case 'person':
			return { typed: locator('email', `${word}@example.com`), seen: [`${word}@example.com`] };
		case 'people':
			return { typed: [`${word}@example.com`], seen: [`${word}@example.com`] };
		case 'list':
			return { typed: `${word}, ${word}y`, seen: [word, `${word}y`] };
		case 'json':
			return { typed: JSON.stringify({ marker: word }), seen: [word] };
	}
}
