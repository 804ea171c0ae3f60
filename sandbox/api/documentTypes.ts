import { invalid } from './errors';

/** The numbers of whiteboards and folders were never recorded: these are our own. */
const DOCUMENT_TYPES: Readonly<Record<string, number>> = {
	note: 10,
	whiteboard: 20,
	folder: 30,
	external_link: 70,
	internal_link: 80,
};

/** @throws ApiError 422 when there is no such type */
export function documentTypeOf(value: unknown): number {
	const number = DOCUMENT_TYPES[String(value)];
	if (number === undefined) throw invalid('Document type is not valid');
	return number;
}

/** The name of a type of note by its number. */
export const documentTypeName = (type: unknown): string =>
	Object.entries(DOCUMENT_TYPES).find(([, number]) => number === type)?.[0] ?? 'note';
