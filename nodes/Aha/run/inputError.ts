import { UserError } from 'n8n-workflow';

import type { LabelledField } from '../schema/fields';

/** @throws UserError that names the field and says what it needs */
export function rejectInput({ label }: LabelledField, value: unknown, expected: string): never {
	throw new UserError(`"${label}" must be ${expected}, not "${shorten(value)}"`);
}

/** @throws UserError that names the field, and says why no record is meant */
export function rejectName({ label }: LabelledField, name: unknown, problem: string): never {
	throw new UserError(`"${label}" is not known as "${shorten(name)}"`, { description: problem });
}

/** @throws UserError that names the field */
export function rejectMissing({ label }: LabelledField): never {
	throw new UserError(`"${label}" is missing`);
}

const shorten = (value: unknown): string => {
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
