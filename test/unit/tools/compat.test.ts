import { hasFailed, type Outcome } from '../../../tools/compat/run';
import { tableOf } from '../../../tools/compat/table';
import { isOlder } from '../../../tools/runtime/version';

test.each([
	['2.9.0', '2.15.0', true],
	['2.15.0', '2.15.0', false],
	['2.15.1', '2.15.0', false],
	['2.2.10', '2.2.9', false],
	['1.123.4', '2.0.0', true],
	['10.0.0', '9.9.9', false],
])('%s is older than %s: %s', (version, than, expected) => {
	expect(isOlder(version, than)).toBe(expected);
});

const outcome = (name: string, more: Partial<Outcome>): Outcome => ({
	check: { name, since: '2.15.0', run: async () => undefined },
	isKnown: false,
	...more,
});

test('the table tells what fails from what an old version is known not to do', () => {
	const results = [
		{
			version: '2.0.0',
			outcomes: [
				outcome('Redirects', { problem: 'Sent', isKnown: true }),
				outcome('Lists', { problem: 'Empty' }),
			],
		},
		{ version: '2.15.1', outcomes: [outcome('Redirects', {}), outcome('Lists', {})] },
	];
	expect(tableOf(results).split('\n').slice(2)).toEqual([
		'| Redirects | From 2.15.0 | Yes |',
		'| Lists | **Failed** | Yes |',
	]);
	expect(results.map(({ outcomes }) => outcomes.some(hasFailed))).toEqual([true, false]);
});

test('an old version that does more than expected does not fail', () => {
	expect(hasFailed(outcome('Redirects', { isKnown: true }))).toBe(false);
});
