import { UserError } from 'n8n-workflow';

import type { LabelledField } from '../schema/fields';

/** @throws UserError that names the field and says what it needs */
export function rejectInput(
	{ label }: Pick<LabelledField, 'label'>,
	value: unknown,
	expected: string,
): never {
	throw new UserError(`"${label}" must be ${expected}, not "${shorten(value)}"`);
}

/** @throws UserError for a number that has lost its last digits on its way */
export function rejectRounded({ label }: { readonly label: string }, value: number): never {
	throw new UserError(`"${label}" must be given as text: ${value} has lost its last digits`, {
		description:
			'Numbers of more than 15 digits are only exact as text, such as "7012345678901234567".',
	});
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
