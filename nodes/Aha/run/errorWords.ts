import { NodeApiError } from 'n8n-workflow';

import { labelOf } from '../schema/fields';
import type { Operation } from '../schema/types';

/** Aha!'s name of a parameter in its errors: `workflow_kind` is "Workflow kind" there. */
const ahaWords = (name: string): string => {
	const words = name.replace(/_id$/, '').replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
};

/**
 * Says in the words of the form what Aha! says of its parameters: "Workflow kind is not valid"
 * becomes "Type is not valid".
 *
 * @returns the same error, of whatever type it is
 */
export function inFormWords(error: unknown, { required, fields }: Operation): unknown {
	if (!(error instanceof NodeApiError)) return error;
	for (const [name, field] of Object.entries({ ...required, ...fields })) {
		const [words, label] = [ahaWords(name), labelOf(name, field)];
		if (words.toLowerCase() === label.toLowerCase()) continue;
		const pattern = new RegExp(
			`(^|[:;,.] )${words}(?= (is|are|has|must|can|does|was|needs)\\b)`,
			'g',
		);
		const replace = (text: string) => text.replaceAll(pattern, (_, start: string) => start + label);
		error.message = replace(error.message);
		if (error.description) error.description = replace(error.description);
	}
	return error;
}
