import { recordKinds } from './records';
import type { RecordName } from './records';

/**
 * A reference number: `PRJ1-12` of a feature, `PRJ1-12-1` of a requirement, `PRJ1-R-3` with the
 * letter of its kind, `DEMOENT-G-3-KR-1` of a key result. A workspace's prefix can hold small
 * letters and begin with a digit: `PRJe`, `3D`. For use in a larger pattern: in free text, also
 * "UTF-8" looks like one, so look only where Aha! puts one.
 */
export const REFERENCE_PATTERN =
	'(\\d*[A-Za-z]\\w*)-(?:([A-Z]+)-)?(\\d+)(?:-(?:([A-Z]+)-)?(\\d+))?';

const WHOLE_REFERENCE = new RegExp(`^${REFERENCE_PATTERN}$`);

/** What a reference number says. */
export interface Reference {
	/** Prefix of the workspace; `ACCOUNT` where the record belongs to the account. */
	readonly prefix: string;
	/** The kinds of record that it can name, the likeliest first; none for unknown letters. */
	readonly kinds: readonly RecordName[];
}

/** Reads a text that is a reference number and nothing else. */
export function parseReference(text: string): Reference | undefined {
	const match = WHOLE_REFERENCE.exec(text);
	if (!match) return undefined;
	const [, prefix, letters = '', , partLetters, partNumber] = match;
	if (partNumber === undefined) return { prefix, kinds: kindsWith(letters) };
	if (partLetters !== undefined) return { prefix, kinds: kindsWith(partLetters) };
	return { prefix, kinds: letters === '' ? ['requirement_id'] : [] };
}

/** The prefix of the workspace that a reference number names. */
export function workspacePrefix(text: string): string | undefined {
	const reference = parseReference(text);
	return reference?.kinds.includes('idea_organization_id') ? undefined : reference?.prefix;
}

/** Whether records of a kind have reference numbers. */
export const hasReferences = (record: RecordName): boolean =>
	record === 'requirement_id' || recordKinds[record].letter !== undefined;

/** Aha! numbers roll-up releases with `R` or `MR`, and finds either as a release as well. */
const RELEASES: readonly RecordName[] = ['release_id', 'roll_up_release_id'];

function kindsWith(letters: string): readonly RecordName[] {
	const names = Object.keys(recordKinds) as RecordName[];
	const found = names.find((name) => recordKinds[name].letter === letters);
	if (!found) return [];
	return RELEASES.includes(found) ? [found, ...RELEASES.filter((name) => name !== found)] : [found];
}
