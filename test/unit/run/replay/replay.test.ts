import { mistakes } from './listed';
import type { Replayed } from './replay';
import { replay } from './replay';
import { samples, titleOf } from './samples';

const replayed = new Map<string, Replayed>();

describe('every example request of the documentation leaves the node as documented', () => {
	test.each(samples.map((sample) => [titleOf(sample), sample] as const))(
		'%s',
		async (title, sample) => {
			const result = await replay(sample);
			replayed.set(title, result);
			if (title in mistakes) expect(result.differences).not.toEqual([]);
			else expect(result.differences).toEqual([]);
		},
	);
});

test('the list names samples that exist', () => {
	const titles = new Set(samples.map(titleOf));
	expect(Object.keys(mistakes).filter((title) => !titles.has(title))).toEqual([]);
});

test('most of them leave word for word', () => {
	const words = [...replayed.values()].filter(
		({ differences, otherWords }) => differences.length === 0 && otherWords.size === 0,
	);
	expect(words.length).toBeGreaterThan(0.75 * replayed.size);
});
